#pragma once

#include <vector>

#include "respond/evaluation/score_evaluation.h"
#include "respond/learners/response_model.h"
#include "respond/response/fit.h"

namespace perennial {

/// The creators of a table that a model has not seen, with their outcomes: columns of equal length.
struct HeldOut {
  std::vector<std::uint32_t> rows;
  std::vector<double> outcome;      ///< transformed
  std::vector<double> raw_outcome;  ///< as it stands in the table
  std::vector<std::uint8_t> treated;
  std::vector<std::uint32_t> clusters;  ///< codes; empty without clusters

  ExperimentUnits units() const { return {outcome, treated, clusters}; }
};

/// The table split as the model's own was: by its salt, share and unit, so that none of its training creators is held out.
/// Throws Error(invalid_argument) where whole clusters were held out and the table has none, or those of another column.
CreatorSplit split_as_fitted(const CreatorTable& table, const ResponseFit& fit);

/// The held-out part of that. Throws also Error(invalid_data) where an arm has fewer than two of them, or all their outcomes
/// are one and the same.
HeldOut held_out_creators(const CreatorTable& table, const ResponseFit& fit);

/// What evaluate_score is asked, on the transformed outcome. All arguments must outlive the result.
EvaluationData evaluation_data(const HeldOut& held_out, const CreatorPredictions& predictions,
                               const ResponseFit& fit);

}  // namespace perennial
