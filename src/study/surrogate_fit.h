#pragma once

#include <array>
#include <vector>

#include "respond/statistics/estimate.h"
#include "study/people_decisions.h"

namespace perennial {

inline constexpr std::size_t feedback_fifths = 5;

/// The rules `bounded` and `interest` with the settings that stand in best for people who decided otherwise.
struct Surrogate {
  std::array<double, feedback_fifths> repeat{};  ///< creator_model.repeat_rates
  double known_share = 0.5;                      ///< creator_model.known_share
  double herding = 0;                            ///< creator_model.herding
  double in_interest = 0;                        ///< user_model.in_interest
  double out_of_interest = 0;                    ///< user_model.out_of_interest
};

/// Maximum likelihood for creators, by expectation and maximisation over which of the rule's branches was taken (a move to the
/// trending genre may be herding or not); shares of clicks per unit of quality for users. A rate nobody's decisions tell of
/// stays as `before` has it.
Surrogate fit_surrogate(const PeopleDecisions& decisions, const Surrogate& before);

/// How often a creator repeated itself after feedback of each fifth; intervals know that decisions of one creator hang together.
/// Nothing (mean 0 of 0 decisions) where there was no decision.
struct RepeatRate {
  Estimate rate;
  std::size_t decisions = 0;
};
std::array<RepeatRate, feedback_fifths> repeat_rates_of(const std::vector<CreatorDecision>& decisions);

/// Mean log-loss, in bits, of saying "repeats" with the rule's rate.
double repeat_log_loss(const std::vector<CreatorDecision>& decisions,
                       const std::array<double, feedback_fifths>& rates);

/// How far watching means interest when each item of interest comes with m others (CreAgent, appendix).
struct Alignment {
  double accuracy = 0, precision = 0, recall = 0, f1 = 0;
};
/// Of someone who watches an item of interest with probability `in_interest`, any other with `out_of_interest`.
Alignment alignment_of(double in_interest, double out_of_interest, double others_per_interest);

/// Shares of items watched, with intervals that know that items of one user hang together.
struct WatchRates {
  Estimate in_interest, out_of_interest;
  std::uint64_t items = 0;
};
WatchRates watch_rates_of(const std::vector<UserDecisions>& users);

}  // namespace perennial
