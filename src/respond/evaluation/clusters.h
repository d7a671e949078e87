#pragma once

#include <cstdint>
#include <span>

#include "respond/statistics/estimate.h"

namespace perennial {

/// Codes of the clusters that creators were randomised in, below the number of creators; empty: each was randomised
/// alone. Creators of one cluster may hang together, so sums over clusters are what counts as independent.
using Clusters = std::span<const std::uint32_t>;

/// Creators (without clusters) or clusters that occur among them.
std::size_t independent_units(std::size_t creators, Clusters clusters);

/// Standard error of an estimate whose error is the sum of `influence`, one value per creator, mean 0: the root of the
/// sum of squares over creators, or over cluster sums times C/(C-1). 0 for fewer than two independent units.
double influence_se(std::span<const double> influence, Clusters clusters);

/// Mean of `values` with its error; by the normal law.
Estimate mean_estimate(std::span<const double> values, Clusters clusters);

}  // namespace perennial
