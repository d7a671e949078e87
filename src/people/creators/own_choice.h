#pragma once

#include <span>
#include <vector>

#include "world/creator_records.h"
#include "world/perceived_clicks.h"

namespace perennial {

/// Average clicks per genre as the creator perceives them (q in the literature): 0 where it has made nothing since round 1.
void average_clicks_by_genre(const CreatorRecords& records, const PerceivedClicks& perceived,
                             CreatorId creator, std::span<double> averages);

/// A creator's past items per genre, before round 1 and since, as weights. At least one is positive.
void items_by_genre(const CreatorRecords& records, CreatorId creator, std::span<double> counts);

/// Scales a vector to length 1; a zero vector stays as it is.
void normalise(std::span<double> vector);

/// Index of the largest value, lowest index among equals.
GenreId largest(std::span<const double> values);

}  // namespace perennial
