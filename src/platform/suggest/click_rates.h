#pragma once

#include <vector>

#include "world/platform_tables.h"

namespace perennial {

/// users x genres: the platform's click rates, each smoothed towards its genre's rate over all users, which counts for
/// `smoothing` impressions.
std::vector<double> click_rates(const PlatformTables& tables, std::size_t users, double smoothing);

/// The probability that a user arrives in a round, as the impressions of rounds 1 .. round-1 tell; 0.5 before any.
double arrival_rate(const PlatformTables& tables, std::size_t users, std::size_t slate, std::uint32_t round);

}  // namespace perennial
