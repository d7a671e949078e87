#pragma once

#include <vector>

#include "base/fields.h"
#include "base/random.h"
#include "world/ids.h"
#include "world/world.h"

namespace perennial {

/// How a creator's probability to create moves with the engagement it receives (the promote lever):
/// p = clip(base + sensitivity x e / (e + half_saturation), 0, 1), e = its smoothed clicks per round, as it
/// perceives them.
class ActivityResponse {
 public:
  Fields fields();

  bool on() const { return sensitivity_mean_ != 0 || sensitivity_spread_ != 0; }

  /// A creator's own sensitivity, drawn once: normal around the mean, the share `explained` of its variance following
  /// `visible`, which has mean 0 and variance 1 over creators.
  double sensitivity(const Draws& draws, CreatorId creator, double visible = 0) const;

  /// What a platform can see of every creator and sensitivity may follow: half its home genre (the one it made most; ties:
  /// lowest id; a normal draw per genre), half the logarithm of how many items it had made. Mean 0, variance 1.
  /// Empty where nothing is explained by it.
  std::vector<double> visible(const Draws& draws, const Creators& creators) const;

  /// Engagement after a round with `clicks`.
  double smoothed(double engagement, double clicks) const {
    return memory_ * engagement + (1 - memory_) * clicks;
  }

  double activity(double base, double sensitivity, double engagement) const;

  /// What a little more engagement adds to that, per click and round; before the clip.
  double marginal(double sensitivity, double engagement) const;

 private:
  double sensitivity_mean_ = 0;
  double sensitivity_spread_ = 0;
  double explained_ = 0;
  double half_saturation_ = 5;
  double memory_ = 0.8;
};

}  // namespace perennial
