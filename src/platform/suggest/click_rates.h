#pragma once

#include <vector>

#include "world/platform_tables.h"

namespace perennial {

/// What a genre's overall click rate is the mean of.
enum class GenreRate {
  /// Clicks per impression. Leans towards those whom the ranker shows the genre most: its friends.
  of_impressions,
  /// The mean of the users' own rates, one shown the genre n times weighing n / (n + smoothing): the mean of a
  /// random-effects model (DerSimonian and Laird 1986), in which `smoothing` is the variance of a click over that
  /// of users' rates, as it is where a user's rate is smoothed.
  of_users
};

/// users x genres: the platform's click rates, each smoothed towards its genre's overall rate, which counts for
/// `smoothing` impressions; 0.25 where nothing was shown yet.
std::vector<double> click_rates(const PlatformTables& tables, std::size_t users, double smoothing,
                                GenreRate overall = GenreRate::of_impressions);

/// The probability that a user arrives in a round, as the impressions of rounds 1 .. round-1 tell; 0.5 before any.
double arrival_rate(const PlatformTables& tables, std::size_t users, std::size_t slate, std::uint32_t round);

}  // namespace perennial
