#pragma once

#include <string>
#include <vector>

#include "study/comparison.h"

namespace perennial {

/// The result in words.
struct Verdict {
  std::string headline;              ///< one sentence
  std::vector<std::string> details;  ///< sentences with the intervals behind it
};

/// Says which policy that a real platform could use draws the most clicks per round, by how much more than `silent` and
/// `random`, and whether that is more than chance: a lead counts only if its 95% interval, paired by seed, leaves out
/// zero. Policies that use the truth are named apart, as a yardstick. Needs at least one policy and one seed.
Verdict verdict_of(const Comparison& comparison);

}  // namespace perennial
