#pragma once

#include <span>
#include <vector>

#include "base/fields.h"
#include "io/archive.h"
#include "world/round_log.h"

namespace perennial {

/// The platform's estimate of each creator's trust: the share of suggestions it followed, smoothed by a Beta prior, old
/// observations forgotten exponentially. Only non-empty suggestions to creators who created count.
class TrustPredictor {
 public:
  Fields fields();

  /// Makes rows for creators up to `creators`; a new one starts at the prior mean.
  void grow(std::size_t creators);
  void learn(const RoundLog& log);

  /// The prediction for a creator that followed so many of the suggestions it was asked to follow; the prior mean for none.
  double expected(double followed, double asked) const {
    return (prior_followed_ + followed) / (prior_followed_ + prior_ignored_ + asked);
  }

  /// Row = CreatorId, in (0, 1).
  std::span<const double> predicted() const { return predicted_; }

  /// Observations behind a prediction, after forgetting.
  double observations(CreatorId creator) const { return asked_[creator]; }

  void persist(Archive& archive) { archive(followed_, asked_, predicted_); }

 private:
  double prior_followed_ = 1;
  double prior_ignored_ = 1;
  double memory_ = 0.99;

  std::vector<double> followed_, asked_, predicted_;
};

}  // namespace perennial
