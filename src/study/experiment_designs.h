#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "world/creator_boosts.h"

namespace perennial {

/// How an experiment on creators picks whom it treats and how the treatment reaches the ranking.
enum class Design : std::uint8_t {
  creators,     ///< creators one by one; a treated creator's scores are multiplied
  genres,       ///< all creators of a home genre alike, so that who competes is mostly in one arm
  interleaved,  ///< creators one by one; counterfactual interleaving (platform/rerank/boost.h)
};
inline constexpr Design all_designs[] = {Design::creators, Design::genres, Design::interleaved};

/// "creators", "genres", "interleaved".
std::string name_of(Design design);

/// Who is treated, 1 or 0, by salted hash (respond/table/creator_hash.h): as near to `share` of all as the design allows,
/// at least one creator or genre and not all of them. `homes`: the genre a creator is at home in, row = CreatorId.
std::vector<std::uint8_t> assign(Design design, double share, std::span<const GenreId> homes,
                                 const std::string& salt);

/// The experiment as the platform's ranking plays it: treated creators' scores are multiplied by `multiplier`; full
/// launch would do so for all.
CreatorBoosts experiment_boosts(Design design, const std::vector<std::uint8_t>& treated, double multiplier);

/// Everybody's scores multiplied.
CreatorBoosts launched_boosts(std::vector<float> factors);

/// The name by which logs and hashes know a creator.
std::string creator_name(std::size_t creator);

}  // namespace perennial
