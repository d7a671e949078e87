#pragma once

#include <cstddef>
#include <limits>
#include <string_view>
#include <vector>

#include "simulate/metrics.h"
#include "study/comparison.h"

namespace perennial {

inline constexpr std::size_t all_rounds = std::numeric_limits<std::size_t>::max();

/// Whether the metric describes everything so far (its last value speaks for a run) rather than one round (the mean
/// over rounds does).
bool accumulates(Metric metric);

/// One value per seed, in order of the seeds: the metric's mean over the last `rounds` rounds (fewer if fewer were
/// played), or its last value where it accumulates. Runs have at least one round.
std::vector<double> seed_values(const ComparedPolicy& policy, Metric metric, std::size_t rounds = all_rounds);

/// The policy of that name, or nullptr.
const ComparedPolicy* find_policy(const Comparison& comparison, std::string_view name);

}  // namespace perennial
