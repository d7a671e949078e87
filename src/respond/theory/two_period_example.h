#pragma once

#include <array>

#include "respond/theory/long_run_problem.h"

namespace perennial {

/// Section 2.1: two viewers with one place each, two creators, two periods. Both creators post in the first period.
/// The first never posts again; the second posts again if anybody engaged with it, and whoever is shown a post that is worth
/// something to it engages. Items are 0 and 1, by creator.
struct TwoPeriodExample {
  std::array<double, 2> first_creator = {1,
                                         1};  ///< what the first creator's post is worth to viewers 1 and 2
  std::array<double, 2> second_creator = {.6, .8};  ///< each below the first creator's
  double gamma = .9;

  LongRunProblem problem() const;

  /// The short run shows everybody the first creator, and nothing is left for the second period. Showing one viewer the second creator
  /// costs that viewer v_1 - v_2 and brings both viewers gamma v_2 each: it pays iff
  /// min over viewers of (v_1 - v_2) < gamma x (sum over viewers of v_2).
  bool long_run_differs() const;
};

}  // namespace perennial
