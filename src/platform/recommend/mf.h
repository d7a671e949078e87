#pragma once

#include "platform/recommend/factor_recommender.h"

namespace perennial {

/// Matrix factorisation: the logit of a click, fitted by binary cross-entropy to every past interaction and
/// impression.
class MatrixFactorization final : public FactorRecommender {
 public:
  Fields fields() override { return shared_fields(); }

 protected:
  std::unique_ptr<Objective> objective(const InteractionRows& rows, const Items& items,
                                       bool ids_only) override;
};

}  // namespace perennial
