#pragma once

#include "respond/theory/long_run_problem.h"

namespace perennial {

/// Which of several rankings that are equally good in a period the short run takes.
enum class Tie {
  first,    ///< the first in lexicographic order
  kindest,  ///< the one with the best later periods
};

/// Takes the most valuable ranking of each period, blind to what follows.
LongRunPlan short_run_optimum(const LongRunProblem& problem, Tie tie = Tie::first);

/// The most valuable plan of all; of several, the first in lexicographic order. By enumeration: the work grows as (rankings
/// per period)^periods. Both throw Error(invalid_argument) for a problem that is ill-formed or has more than 10,000,000
/// plans at most.
LongRunPlan long_run_optimum(const LongRunProblem& problem);

}  // namespace perennial
