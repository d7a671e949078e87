#pragma once

#include <string>

#include "world/definition.h"
#include "world/statistics.h"

namespace perennial {

/// The generator whose worlds have these statistics: interest sizes, interests and pairs of interests of users, main
/// genres, numbers of genres and items of creators, and the genres of items. Weights are found by drawing people with the
/// weights so far and scaling each weight by wanted share / drawn share, again and again, over the same coins; a few
/// seconds of work, deterministic. Creators are active by their frequency when the statistics come from people whose
/// activity differs, else by the mean. The facts are all that the statistics say.
WorldDefinition fit(const WorldStatistics& statistics, const std::string& name);

}  // namespace perennial
