#pragma once

#include <functional>
#include <span>
#include <vector>

#include "io/hash.h"
#include "study/fork_paths.h"
#include "study/fork_values.h"
#include "study/platform_forks.h"

namespace perennial {

// Parts that suggestion_values and impression_values share.

/// A fork on which nothing is changed, that shares the round after the moment with all others. The policy goes on with its
/// memory where it is the run's own, and begins new to the platform where it is not; it learns nothing more.
ForkPlan unchanged_fork(const RunMoment& moment, const ValueSettings& settings);

ValueHeader value_header(const RunMoment& moment, const ValueSettings& settings);

/// Calls `play` with 0, 1, 2 and so on until all futures are played or the user stops it (Error(interrupted)); how many were.
/// A stop before there are two, the fewest that give an interval, goes on to the caller.
std::uint32_t play_futures(std::uint32_t futures, const std::function<void(std::size_t future)>& play);

/// At most `most` of them, evenly spaced.
std::vector<std::size_t> evenly(std::size_t count, std::size_t most);

/// Sum of clicks, round r (0 = the fork's first) weighing discount^r, up to and with each round.
std::vector<double> discounted_sums(std::span<const double> clicks, double discount);

/// Adds values to a running hash.
std::uint64_t hash_values(std::span<const double> values, std::uint64_t hash);

}  // namespace perennial
