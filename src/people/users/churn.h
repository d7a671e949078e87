#pragma once

#include <algorithm>

#include "base/fields.h"

namespace perennial {

/// How a user's probability to arrive follows its satisfaction (share of its slate clicked, 0.5 = neutral):
/// p x clip(1 + strength x (satisfaction - 0.5) x 2, 0.2, 1.4), at most 1. Off at strength 0.
class Churn {
 public:
  Fields fields() {
    Fields fields;
    fields
        .real("strength", strength_, {0, 10},
              "how strongly users' arrivals follow their satisfaction; 0 = not at all")
        .real("memory", memory_, {0, 0.999}, "share of past satisfaction still felt a visit later");
    return fields;
  }

  bool on() const { return strength_ > 0; }

  /// Satisfaction after a visit in which `share` of the slate was clicked.
  double smoothed(double satisfaction, double share) const {
    return memory_ * satisfaction + (1 - memory_) * share;
  }

  /// `base` = the probability the user started with.
  double activity(double base, double satisfaction) const {
    return std::min(1.0, base * std::clamp(1 + strength_ * (satisfaction - 0.5) * 2, 0.2, 1.4));
  }

 private:
  double strength_ = 0;
  double memory_ = 0.8;
};

}  // namespace perennial
