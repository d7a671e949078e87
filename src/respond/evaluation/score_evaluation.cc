#include "respond/evaluation/score_evaluation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "respond/evaluation/doubly_robust.h"
#include "respond/statistics/multiple_testing.h"

namespace perennial {
namespace {

/// Creators of one arm, or the clusters they are in.
std::size_t units_of_arm(const ExperimentUnits& units, bool treated) {
  std::vector<std::uint32_t> clusters;
  std::size_t creators = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if ((units.treated[i] != 0) != treated) continue;
    ++creators;
    if (!units.clusters.empty()) clusters.push_back(units.clusters[i]);
  }
  return independent_units(creators, clusters);
}

std::span<const double> order_of(const EvaluationData& data) {
  return data.order.empty() ? data.score : data.order;
}

std::vector<double> baseline_of(const EvaluationData& data) {
  std::vector<double> baseline(data.units.size());
  for (std::size_t i = 0; i < baseline.size(); ++i)
    baseline[i] = data.propensity * data.treated_outcome[i] + (1 - data.propensity) * data.control_outcome[i];
  return baseline;
}

void describe_score(std::span<const double> score, ScoreEvaluation& result) {
  const auto n = static_cast<double>(score.size());
  result.score_mean = std::accumulate(score.begin(), score.end(), 0.0) / n;
  double squares = 0;
  for (const double value : score) squares += (value - result.score_mean) * (value - result.score_mean);
  result.score_sd = std::sqrt(squares / (n - 1));
}

std::vector<HighLowCut> splits_of(const EvaluationData& data, Workers& workers) {
  std::vector<HighLowCut> splits(high_low_shares.size());
  workers.for_blocks(splits.size(), 1, [&](std::size_t i, std::size_t) {
    splits[i] = {.share = high_low_shares[i],
                 .split = high_against_low(data.units, order_of(data), data.cuts[i]),
                 .p_holm = 1};
  });
  std::vector<double> p;
  p.reserve(splits.size());
  for (const auto& cut : splits) p.push_back(cut.split.difference.p);
  const auto corrected = holm(p);
  for (std::size_t i = 0; i < splits.size(); ++i) splits[i].p_holm = corrected[i];
  return splits;
}

void calibrate(ScoreEvaluation& result) {
  result.calibration_error = calibration_error(result.groups);
  result.calibration_error_squared = calibration_error_squared(result.groups);
  auto calibrated = result.groups;
  for (auto& group : calibrated)
    group.score_mean = result.ate.mean + result.blp.slope.mean * (group.score_mean - result.score_mean);
  result.calibrated_error = calibration_error(calibrated);
}

}  // namespace

ScoreEvaluation evaluate_score(const EvaluationData& data, std::size_t replicates, std::uint64_t seed,
                               Workers& workers) {
  const ExperimentUnits& units = data.units;
  check(units.size() == data.score.size() && units.size() > 4, "an evaluation needs creators");
  ScoreEvaluation result;
  result.creators = units.size();
  result.treated = static_cast<std::size_t>(std::count(units.treated.begin(), units.treated.end(), 1));
  result.control = result.creators - result.treated;
  for (std::size_t i = 0; i < units.size(); ++i)
    result.control_mean += units.treated[i] != 0 ? 0 : units.outcome[i] / static_cast<double>(result.control);
  if (!units.clusters.empty()) result.clusters = independent_units(result.creators, units.clusters);
  describe_score(data.score, result);
  const auto effects = doubly_robust_scores(units.outcome, units.treated, data.control_outcome,
                                            data.treated_outcome, data.propensity);
  result.ate = mean_estimate(effects, units.clusters);
  {
    const auto ranking = rank_by(order_of(data));
    result.targeting = measure_targeting(ranking, effects, units.clusters);
    if (replicates >= 2)
      result.half_samples = half_sample_errors(ranking, effects, units.clusters, replicates, seed, workers);
  }
  result.high_low = splits_of(data, workers);
  result.blp = best_linear_predictor(units, data.score, baseline_of(data), data.propensity);
  result.groups = score_groups(data.score, effects, units.clusters);
  calibrate(result);
  result.decision = decide({.creators = result.creators,
                            .treated = units_of_arm(units, true),
                            .control = units_of_arm(units, false),
                            .control_mean = result.control_mean,
                            .slope = result.blp.slope,
                            .autoc = result.targeting.autoc,
                            .high_low = result.primary().split.difference});
  return result;
}

}  // namespace perennial
