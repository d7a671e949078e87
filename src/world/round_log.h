#pragma once

#include <cstdint>
#include <vector>

#include "world/ids.h"
#include "world/slates.h"

namespace perennial {

/// What the platform logs of one round; all a ranker or a suggestion policy learns from.
struct RoundLog {
  std::uint32_t round = 0;

  std::vector<CreatorId> active_creators;  ///< ascending
  std::vector<GenreId> suggested;          ///< per active creator; no_genre = nothing was suggested
  std::vector<std::uint8_t> followed;      ///< per active creator, as observed; 0 where nothing was suggested
  std::vector<ItemId> made;                ///< per active creator, its new item

  std::vector<UserId> active_users;   ///< ascending
  Slates shown;                       ///< per active user, what it was shown
  std::vector<std::uint8_t> clicked;  ///< rows x width of `shown`; 0 for empty places
  std::vector<ItemId> next_best;  ///< per active user, the item that just missed the slate (no_item if none)
  std::vector<float> next_best_score;
};

}  // namespace perennial
