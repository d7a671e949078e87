#pragma once

#include <optional>

#include "respond/theory/long_run_problem.h"

namespace perennial {

/// A departure from the short-run optimum: the first other ranking, and the best that can follow it.
struct Departure {
  std::size_t period = 0;  ///< from 0; before it, the short-run optimum is followed
  PeriodRanking ranking;
  double short_run_loss = 0;  ///< in that period's value; never negative
  double later_gain = 0;      ///< over all later periods, discounted to that period
};

/// The two conditions of Theorem 1.
struct TheoremOne {
  bool availability_depends_on_rankings = false;  ///< (a): two histories leave different items
  std::optional<Departure>
      paying_departure;  ///< (b): loss < gain; the one that pays most, discounted to the start

  bool holds() const { return availability_depends_on_rankings && paying_departure.has_value(); }
};

/// By enumeration, for one short-run optimum (of several, its rankings say which). The paper leaves open what follows the
/// departure. Read as the best that can follow, the theorem is exact: it holds if and only if the long-run optimum is worth
/// more than `short_run`. Read as the short-run optimum from there on, it is only sufficient: two departures may pay where
/// neither does alone. Equal sides do not count as paying. (b) implies (a).
TheoremOne theorem_one(const LongRunProblem& problem, const LongRunPlan& short_run);

}  // namespace perennial
