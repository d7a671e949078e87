#pragma once

#include "platform/recommend/factor_recommender.h"

namespace perennial {

/// Bayesian personalised ranking: what a user clicked should score above what it did not, -log sigmoid(s+ -
/// s-). The other side of a click is, with probability `shown_share`, something the user was shown and
/// skipped, else an item it was never shown; drawn anew every epoch, and never anything the user clicked.
/// Unseen items are mostly easy negatives, and they teach that an item few have been shown yet is bad, which
/// costs new items their chance: hence the default.
class BayesianPersonalizedRanking final : public FactorRecommender {
 public:
  Fields fields() override;

 protected:
  std::unique_ptr<Objective> objective(const InteractionRows& rows, const Items& items,
                                       bool ids_only) override;

 private:
  double shown_share_ = 0.8;
};

}  // namespace perennial
