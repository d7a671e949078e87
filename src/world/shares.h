#pragma once

#include <filesystem>
#include <string>

#include "world/statistics.h"

namespace perennial {

/// Published shares of a world nobody can hand over whole: a JSON list of objects, one per world, with `name`
/// and, by genre or count, `user_interest_share`, `interests_per_user`, `co_interest_pairs` ("A + B"),
/// `creator_primary_genre`, `genres_per_creator`, `item_genre_share`,
/// `top_genre_share_of_multi_genre_creators.mean`, `items_per_creator.mean` and
/// `creation_frequency_lognormal`. What shares cannot say (overlap, reach) stays 0. Throws
/// Error(invalid_data) with the file and key, or Error(not_found) with the nearest name when there is no such
/// world in it.
WorldStatistics read_shares(const std::filesystem::path& path, const std::string& world);

}  // namespace perennial
