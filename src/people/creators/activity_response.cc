#include "people/creators/activity_response.h"

#include <algorithm>

namespace perennial {

Fields ActivityResponse::fields() {
  Fields fields;
  fields
      .real("sensitivity_mean", sensitivity_mean_, {-1, 1},
            "how much full engagement adds to the probability to create")
      .real("sensitivity_spread", sensitivity_spread_, {0, 1},
            "standard deviation of that over creators; both 0 = off")
      .real("half_saturation", half_saturation_, {0.001, 1e9},
            "clicks per round at which half of the effect is reached")
      .real("memory", memory_, {0, 0.999}, "share of past engagement still felt a round later");
  return fields;
}

double ActivityResponse::sensitivity(const Draws& draws, CreatorId creator) const {
  return sensitivity_mean_ + sensitivity_spread_ * draws.normal(creator);
}

double ActivityResponse::activity(double base, double sensitivity, double engagement) const {
  return std::clamp(base + sensitivity * engagement / (engagement + half_saturation_), 0.0, 1.0);
}

}  // namespace perennial
