#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "respond/learners/training_data.h"

namespace perennial {

/// What a fitted learner says of some creators, one value each, on the scale of the transformed outcome.
struct CreatorPredictions {
  std::vector<double> score;            ///< expected effect of treatment (CATE)
  std::vector<double> control_outcome;  ///< mu_0(x): outcome without treatment
  std::vector<double> treated_outcome;  ///< mu_1(x): outcome with treatment
};

/// A fitted learner: the same calls give the same bits at any number of threads, which are used for many rows only.
class ResponseModel {
 public:
  virtual ~ResponseModel() = default;
  /// `rows` ascend. The store has the columns of the schema that the model was fitted on.
  virtual CreatorPredictions predict(const FeatureStore& features, std::span<const std::uint32_t> rows,
                                     std::size_t threads) const = 0;
};

}  // namespace perennial
