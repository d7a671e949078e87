#pragma once

#include <span>

#include "platform/suggest/demand.h"
#include "world/creator_records.h"

namespace perennial {

/// What each creator had best make next, given what the others will: the creator whose move gains most is moved first, then
/// the next, until no move gains; the others are to stay with what they made last, since left alone they may wander off.
///
/// A suggestion to c is expected to move trust(c) of an item. An item of quality q adds q x drawn - displaced (demand.h).
/// `trust`: row = CreatorId. `quality`: one row of genres per creator of `creators`, or empty for 1 everywhere. Writes one
/// genre per creator, never no_genre. Beyond 64 creators several are moved at a time, some 64 times per call.
void plan_supply(const Demand& demand, std::span<const CreatorId> creators, const CreatorRecords& records,
                 std::span<const double> trust, std::span<const double> quality, std::span<GenreId> plan);

}  // namespace perennial
