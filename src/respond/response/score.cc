#include "respond/response/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "base/error.h"
#include "respond/table/creator_hash.h"

namespace perennial {
namespace {

constexpr double deviations_most = 3;

void refuse_out_of_range(const ScoreOptions& options) {
  if (!(options.strength >= 0 && options.strength <= 1))
    throw Error(ErrorCode::invalid_argument,
                fmt::format("strength {}: must lie between 0 and 1", options.strength));
  const double sum = std::accumulate(options.shares.begin(), options.shares.end(), 0.0);
  const bool negative =
      std::any_of(options.shares.begin(), options.shares.end(), [](double s) { return !(s >= 0); });
  if (negative || std::abs(sum - 1) > 1e-9)
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format(
            "shares {}, {}, {} of launched, holdout-control, holdout-boost: must be 0 or more and add up "
            "to 1",
            options.shares[0], options.shares[1], options.shares[2]));
}

std::vector<LaunchArm> arms_of(const PackedTexts& ids, const ScoreOptions& options) {
  std::vector<LaunchArm> arms;
  arms.reserve(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    // Holdouts at the front: a share that grows keeps those who are in it.
    const double place = creator_hash(ids[i], options.salt, HashUse::assignment);
    const bool control = place < options.shares[1];
    const bool boost = !control && place < options.shares[1] + options.shares[2];
    arms.push_back(control ? LaunchArm::holdout_control
                   : boost ? LaunchArm::holdout_boost
                           : LaunchArm::launched);
  }
  return arms;
}

std::vector<double> exposure_of(const CreatorTable& table, const ScoreOptions& options) {
  if (options.exposure.empty()) return std::vector<double>(table.size(), 1);
  const auto& exposure = table.outcome(options.exposure);
  const auto negative = std::find_if(exposure.begin(), exposure.end(), [](double e) { return e < 0; });
  if (negative != exposure.end())
    throw Error(ErrorCode::invalid_data,
                fmt::format("exposure column '{}': {} for creator {}: must not be negative", options.exposure,
                            *negative, table.ids[static_cast<std::size_t>(negative - exposure.begin())]));
  return exposure;
}

std::vector<double> multipliers_of(const ResponseFit& fit, std::span<const double> scores,
                                   std::span<const LaunchArm> arms, std::span<const double> exposure,
                                   double strength) {
  std::vector<double> multipliers(scores.size(), 1);
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (arms[i] != LaunchArm::launched) continue;
    const double z = fit.score_deviation > 0 ? (scores[i] - fit.score_mean) / fit.score_deviation : 0;
    multipliers[i] = std::exp(strength * std::clamp(z, -deviations_most, deviations_most));
    sum += exposure[i] * multipliers[i];
    total += exposure[i];
  }
  if (total <= 0 && !scores.empty() && std::ranges::find(arms, LaunchArm::launched) != arms.end())
    throw Error(ErrorCode::invalid_data, "exposure is 0 for every creator: there is nothing to weigh by");
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (arms[i] == LaunchArm::launched) multipliers[i] *= total / sum;
  return multipliers;
}

}  // namespace

std::string launch_arm_name(LaunchArm arm) {
  switch (arm) {
    case LaunchArm::launched:
      return "launched";
    case LaunchArm::holdout_control:
      return "holdout-control";
    case LaunchArm::holdout_boost:
      return "holdout-boost";
  }
  check(false, "an arm has a name");
  return {};
}

CreatorScores score_creators(const ResponseFit& fit, const std::optional<Calibration>& calibration,
                             const CreatorTable& table, const ScoreOptions& options) {
  refuse_out_of_range(options);
  check(table.features.has_value(), "a table read by a model's schema has its features");
  std::vector<std::uint32_t> rows(table.size());
  std::iota(rows.begin(), rows.end(), 0U);
  CreatorScores scores;
  std::vector<double> control;
  if (options.in_outcome_units) {
    auto predictions = fit.model->predict(*table.features, rows, options.threads);
    scores.score = std::move(predictions.score);
    control = std::move(predictions.control_outcome);
  } else {
    scores.score = fit.model->score(*table.features, rows, options.threads);
  }
  scores.is_calibrated = calibration.has_value();
  for (const double score : scores.score)
    scores.calibrated.push_back(calibration ? calibration->calibrated(score) : fit.training_ate);
  for (std::size_t i = 0; i < control.size(); ++i)
    scores.effect.push_back(fit.transform.in_outcome_units(scores.calibrated[i], control[i]));
  scores.arm = arms_of(table.ids, options);
  scores.multiplier =
      multipliers_of(fit, scores.score, scores.arm, exposure_of(table, options), options.strength);
  return scores;
}

}  // namespace perennial
