#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "respond/evaluation/best_linear.h"
#include "respond/evaluation/decision.h"
#include "respond/evaluation/gates.h"
#include "respond/evaluation/half_samples.h"
#include "respond/evaluation/high_low.h"
#include "respond/evaluation/targeting.h"

namespace perennial {

/// Quantiles of the training scores at which creators are split into high and low.
inline constexpr std::array<double, 3> high_low_shares = {0.2, 0.5, 0.8};

/// What an evaluation looks at: creators that no model has seen, one value each; all must outlive the call.
struct EvaluationData {
  ExperimentUnits units;  ///< outcome on the scale that is judged
  double propensity = 0.5;
  std::span<const double> score;            ///< expected effect, on the outcome's scale
  std::span<const double> order;            ///< what creators are ranked and split by; empty: the score
  std::span<const double> control_outcome;  ///< mu_0(x) of a model that has not seen the creator
  std::span<const double> treated_outcome;  ///< mu_1(x)
  std::array<double, 3> cuts = {};          ///< of `order`, at high_low_shares of the training scores
};

/// One of the three splits.
struct HighLowCut {
  double share = 0;  ///< 0.5: the median of the training scores
  HighLow split;
  double p_holm = 1;  ///< of the difference, for being one of three
};

/// All that is asked of one score on one scale of the outcome.
struct ScoreEvaluation {
  std::size_t creators = 0, treated = 0, control = 0;
  std::size_t clusters = 0;  ///< 0: creators were randomised one by one
  double control_mean = 0;   ///< of the outcome
  Estimate ate;              ///< mean of the doubly robust scores
  double score_mean = 0, score_sd = 0;
  Targeting targeting;
  HalfSampleErrors half_samples;
  std::vector<HighLowCut> high_low;  ///< at p20, p50, p80; p50 is the primary one
  BestLinearPredictor blp;
  std::vector<ScoreGroup> groups;  ///< quintiles of the score, lowest first
  double calibration_error = 0;    ///< of the score as it is
  double calibration_error_squared = 0;
  double calibrated_error = 0;  ///< of ate + slope (score - mean score)
  ResponseDecision decision;

  const HighLowCut& primary() const { return high_low[1]; }
};

/// O(n log n) time, O(n) memory; the same bits at any number of threads. At least two creators in each arm. `replicates`
/// of the half-sample errors, 0: none are made.
ScoreEvaluation evaluate_score(const EvaluationData& data, std::size_t replicates, std::uint64_t seed,
                               Workers& workers);

}  // namespace perennial
