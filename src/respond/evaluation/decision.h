#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "respond/statistics/estimate.h"

namespace perennial {

/// May a score be used to choose whom to boost?
enum class ResponseVerdict { launch, do_not_launch, insufficient_data };

/// "launch", "do-not-launch", "insufficient-data".
std::string_view verdict_name(ResponseVerdict verdict);

/// What the verdict looks at: three tests, all on creators that no model has seen.
struct DecisionInput {
  std::size_t creators = 0;
  std::size_t treated = 0, control = 0;  ///< independent units (creators or clusters) in each arm
  double control_mean = 0;               ///< of the outcome
  Estimate slope;                        ///< of the best linear predictor
  Estimate autoc;
  Estimate high_low;  ///< effect above minus effect below the median of the training scores
};

/// The verdict with its reason, one sentence for people.
struct ResponseDecision {
  ResponseVerdict verdict = ResponseVerdict::insufficient_data;
  std::string reason;
  std::optional<std::size_t> creators_enough;  ///< held out, where more of them might change the verdict
};

/// launch: slope, AUTOC and high against low are each above 0 at z > 1.96, so that a score which finds nothing passes in
/// 2.5% of evaluations at most.
///
/// insufficient_data: an arm has fewer than 50 units; or high and low would have to differ by more than half the control
/// mean to be told apart (80% power), and the slope's interval still holds 1, a score that is right.
///
/// do_not_launch: everything else. Where the tests lean the right way, the reason says how many creators would show a score
/// that is right, up to ten times those at hand.
ResponseDecision decide(const DecisionInput& input);

}  // namespace perennial
