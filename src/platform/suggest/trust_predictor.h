#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/fields.h"
#include "io/archive.h"
#include "platform/suggest/trust_network.h"
#include "world/round_log.h"

namespace perennial {

/// The platform's estimate of each creator's trust from the suggestions it followed, old ones forgotten exponentially. Only
/// non-empty suggestions to creators who created count.
///
/// "beta" (default) is the share followed, smoothed by a Beta prior. "network" trains the paper's network on the same
/// counts: what it converges to is that share too, smoothed towards the share of all creators together, which is also where
/// newcomers start.
class TrustPredictor {
 public:
  Fields fields();

  /// Before grow(); with "beta" it may be left out.
  void start(std::uint64_t seed);
  /// Makes rows for creators up to `creators`; a new one starts at the prior mean.
  void grow(std::size_t creators);
  void learn(const RoundLog& log);

  /// Row = CreatorId, in (0, 1).
  std::span<const double> predicted() const { return predicted_; }

  /// What "beta" predicts for a creator that followed so many of the suggestions it was asked to follow; the prior mean for
  /// none.
  double expected(double followed, double asked) const {
    return (prior_followed_ + followed) / (prior_followed_ + prior_ignored_ + asked);
  }

  /// Observations behind a prediction, after forgetting.
  double observations(CreatorId creator) const { return asked_[creator]; }

  /// Central 95% of the Beta posterior of a creator's trust, whichever kind predicts.
  Range credible(CreatorId creator) const { return credible(followed_[creator], asked_[creator]); }
  /// The same for a creator that followed so many of the suggestions it was asked to follow.
  Range credible(double followed, double asked) const;

  void persist(Archive& archive);

 private:
  bool learns_network() const { return kind_ == "network"; }
  /// The prediction for a creator of whom nothing is known.
  double newcomer() const;
  void learn_network();

  std::string kind_ = "beta";
  double prior_followed_ = 1;
  double prior_ignored_ = 1;
  double memory_ = 0.99;
  TrustNetwork network_;  // untouched by "beta"

  std::vector<double> followed_, asked_, predicted_;
};

}  // namespace perennial
