#pragma once

#include "respond/theory/long_run_problem.h"

namespace perennial {

/// Every ranking that can follow `history`, in lexicographic order. One ranking of empty slates where nothing is
/// available.
std::vector<PeriodRanking> rankings_after(const LongRunProblem& problem, const RankingHistory& history);

/// What the users get out of one period, undiscounted.
double value_of(const LongRunProblem& problem, const PeriodRanking& ranking);

/// The discounted value of the first rankings.size() periods. Rounding apart, what a plan's value is.
double value_of(const LongRunProblem& problem, const RankingHistory& rankings);

}  // namespace perennial
