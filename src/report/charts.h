#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "study/comparison.h"
#include "study/interval.h"

namespace perennial {

/// A curve with its band, as curves and panels are made of.
nlohmann::ordered_json line_json(std::size_t series, const std::vector<Interval>& curve);

// Blocks of a report that draw something; shapes as in web/src/page.ts. Series are indices into comparison.policies.

/// Clicks per round: the curve of every policy with its 95% band, smoothed and round by round.
nlohmann::ordered_json clicks_block(const Comparison& comparison);

/// Differences from `silent` and `random`, paired by seed. Null when neither was played beside another policy, or there
/// is one seed.
nlohmann::ordered_json differences_block(const Comparison& comparison);

/// How many distinct genres creators made, one histogram per policy.
nlohmann::ordered_json genres_block(const Comparison& comparison);

/// Small charts of what else moved over the rounds.
nlohmann::ordered_json platform_block(const Comparison& comparison);

/// CPU time of a round by phase.
nlohmann::ordered_json time_block(const Comparison& comparison);

}  // namespace perennial
