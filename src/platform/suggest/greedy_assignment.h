#pragma once

#include <span>

#include "platform/suggest/demand.h"
#include "world/creator_records.h"

namespace perennial {

/// Assigns genres to creators one after the other, most trusting first, each to where one more item is worth most, given
/// what those before it will make. A suggestion to c is expected to move trust(c) of an item from the genre it made last
/// to the suggested one; where no move gains, nothing is suggested.
///
/// `trust`: row = CreatorId. `quality`: creators x genres, expected quality, or empty for 1 everywhere. Beyond 128
/// creators, marginal values are renewed some 128 times per call instead of after each creator.
void assign_greedily(const Demand& demand, std::span<const CreatorId> creators, const CreatorRecords& records,
                     std::span<const double> trust, std::span<const double> quality,
                     std::span<GenreId> suggestions);

}  // namespace perennial
