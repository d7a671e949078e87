#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "respond/response/calibration.h"
#include "respond/response/fit.h"

namespace perennial {

/// Where a creator stands once scores are deployed.
enum class LaunchArm : std::uint8_t {
  launched = 0,
  holdout_control = 1,  ///< as before the launch: shows what the launch does
  holdout_boost = 2,    ///< still boosted by chance: what a later model is fitted on
};
std::string launch_arm_name(LaunchArm arm);

/// How scores become multipliers of what the ranker gives a creator.
struct ScoreOptions {
  double strength =
      0.05;  ///< l in m = exp(l (z - a)); z: score in deviations of the training scores, within +-3
  std::array<double, 3> shares = {0.96, 0.02, 0.02};  ///< of launched, holdout_control, holdout_boost; sum 1
  std::string salt = "launch";
  std::string exposure =
      {};  ///< a column of the table as read: what each creator is shown; empty: all the same
  bool in_outcome_units = false;
  std::size_t threads = 2;
};

/// One entry for each creator, in the table's order.
struct CreatorScores {
  std::vector<double> score;       ///< as the model says, transformed outcome
  std::vector<double> calibrated;  ///< see score_creators
  std::vector<double> effect;      ///< in units of the outcome; empty unless asked for
  std::vector<double> multiplier;
  std::vector<LaunchArm> arm;
  bool is_calibrated = false;
};

/// calibrated: S* = ATE + slope (S - mean S) as the evaluation found. Without an evaluation nothing is known of the scores'
///   size: every creator gets the training part's average effect, and is_calibrated is false.
/// effect: the calibrated score in units of the outcome (outcome_transform.h).
/// multiplier: exp(l (z - a)), a such that the mean over launched creators, weighted by exposure, is 1: a boost moves
///   attention, it makes none. Holdouts get that mean: 1.
/// arm: by salted hash of the id, so that nobody's changes while salt and shares stay.
///
/// Throws Error(invalid_argument) for shares that do not add up to 1, a strength out of [0, 1], an unknown exposure column;
/// Error(invalid_data) for exposure that is negative or 0 for all.
CreatorScores score_creators(const ResponseFit& fit, const std::optional<Calibration>& calibration,
                             const CreatorTable& table, const ScoreOptions& options);

}  // namespace perennial
