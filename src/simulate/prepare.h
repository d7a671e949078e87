#pragma once

#include <vector>

#include "platform/recommend/recommender.h"
#include "simulate/options.h"
#include "world/world.h"

namespace perennial {

/// Gives every creator one home genre, drawn by `shares` ("50/30/10/10") among the genres most users are interested in,
/// most liked first (ties: lowest id); the number of items it had made stays. Throws Error(invalid_argument) for shares
/// that cannot be read, or more of them than genres.
void concentrate_homes(World& world, const std::string& shares, std::uint64_t seed);

/// What the ranker is seeded with: the world's past clicks (or, where it has none, clicks drawn per user among its
/// interests), each with random items of the creators' catalogue as negatives. Unknown genres and creators of past clicks are drawn.
std::vector<PastInteraction> past_interactions(const World& world, const PastOptions& options,
                                               std::uint64_t seed);

}  // namespace perennial
