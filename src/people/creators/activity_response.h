#pragma once

#include "base/fields.h"
#include "base/random.h"
#include "world/ids.h"

namespace perennial {

/// How a creator's probability to create moves with the engagement it receives (the promote lever):
/// p = clip(base + sensitivity x e / (e + half_saturation), 0, 1), e = its smoothed clicks per round.
class ActivityResponse {
 public:
  Fields fields();

  bool on() const { return sensitivity_mean_ != 0 || sensitivity_spread_ != 0; }

  /// A creator's own sensitivity, drawn once: normal around the mean.
  double sensitivity(const Draws& draws, CreatorId creator) const;

  /// Engagement after a round with `clicks`.
  double smoothed(double engagement, double clicks) const {
    return memory_ * engagement + (1 - memory_) * clicks;
  }

  double activity(double base, double sensitivity, double engagement) const;

 private:
  double sensitivity_mean_ = 0;
  double sensitivity_spread_ = 0;
  double half_saturation_ = 5;
  double memory_ = 0.8;
};

}  // namespace perennial
