#include "platform/suggest/surrogate.h"

#include <algorithm>
#include <cmath>

namespace perennial {

Surrogate clipped_surrogate(double log_ratio, double advantage, double clip) {
  const double ratio = std::exp(std::clamp(log_ratio, -20.0, 20.0));
  const double bounded = std::clamp(ratio, 1 - clip, 1 + clip);
  if (bounded * advantage < ratio * advantage)
    return {.loss = -bounded * advantage, .slope_by_log_ratio = 0, .clipped = true};
  return {.loss = -ratio * advantage, .slope_by_log_ratio = -ratio * advantage, .clipped = false};
}

}  // namespace perennial
