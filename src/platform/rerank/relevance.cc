#include "platform/rerank/relevance.h"

#include <algorithm>
#include <cmath>

namespace perennial {

double relevance(float score, bool log_odds) {
  const auto s = static_cast<double>(score);
  return log_odds ? 1 / (1 + std::exp(-s)) : std::clamp(s, 0.0, 1.0);
}

}  // namespace perennial
