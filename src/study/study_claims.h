#pragma once

#include <optional>
#include <string>
#include <vector>

#include "study/claim_verdict.h"
#include "study/interval.h"
#include "study/study.h"

namespace perennial {

/// One arm in one world against another (or the same arm in another world), or against the claim's value.
struct ClaimComparison {
  std::string world, arm;
  std::string versus_world = {}, versus = {};  ///< empty where the claim's value is the other side
  Interval value = {};                         ///< of the arm
  Interval difference = {};  ///< the arm's less the other side's or the value, paired by seed
  std::optional<Interval>
      ratio;  ///< the arm's over the other side's, by seed; nothing where that is 0 for some seed
  ClaimVerdict verdict = ClaimVerdict::untestable;
};

/// A claim with what speaks for and against it.
struct JudgedClaim {
  StudyClaim claim;
  ClaimVerdict verdict = ClaimVerdict::untestable;
  std::vector<ClaimComparison> comparisons;
  std::string why;  ///< one sentence with the numbers that decided, or the reason why there are none
};

/// The rule in words.
std::string rule_words(const StudyClaim& claim);

/// Judges every claim of the study by its rule, from paired 95% intervals over seeds:
///
///     greater    the arm's metric less the other's: holds where the interval lies above zero; in direction where the mean does
///     at_most    the metric less the value: holds where the interval lies at or below zero; in direction where the mean does
///     at_least   likewise, above
///     ratio      the metric over the other's: holds where the interval lies above 1 and reaches the paper's value; in direction
///                where the mean is above 1
///     similar    the difference: holds where the interval lies within +-value x the other's mean; in direction where the mean does
///
/// A claim holds when it holds in every comparison it makes (which needs no correction for their number), holds in direction when
/// all means are on its side, and does not hold otherwise. With one seed there are no intervals, and nothing more than direction.
std::vector<JudgedClaim> judge_claims(const Study& study);

}  // namespace perennial
