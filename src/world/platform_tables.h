#pragma once

#include <vector>

#include "io/archive.h"
#include "world/ids.h"
#include "world/items.h"
#include "world/round_log.h"

namespace perennial {

/// Impressions and clicks on something. 32 bits for each of many, 64 for totals, which a large platform fills fast.
template <class Count>
struct ShownClickedOf {
  Count shown = 0;
  Count clicked = 0;

  void add(bool click) {
    ++shown;
    clicked += click ? 1 : 0;
  }
};
using ShownClicked = ShownClickedOf<std::uint32_t>;
using ShownClickedTotal = ShownClickedOf<std::uint64_t>;

/// The platform's own counts, kept from its logs; every ranker and policy may read them, none keeps its own copy.
struct PlatformTables {
  std::size_t genres = 0;
  std::vector<ShownClicked> user_genre;      ///< users x genres, seeded with past clicks
  std::vector<ShownClicked> creator;         ///< row = CreatorId
  std::vector<ShownClickedTotal> genre;      ///< row = GenreId, since round 1
  std::vector<std::uint32_t> recent_clicks;  ///< per genre, in the latest round
  std::vector<std::uint32_t> made;           ///< items per genre since round 1
  ShownClickedTotal all;

  ShownClicked& of(UserId user, GenreId g) { return user_genre[user * genres + g]; }
  const ShownClicked& of(UserId user, GenreId g) const { return user_genre[user * genres + g]; }

  /// Adds one round of impressions. Integer sums: any order gives the same.
  void account(const RoundLog& log, const Items& items);

  void persist(Archive& archive) { archive(genres, user_genre, creator, genre, recent_clicks, made, all); }
};

}  // namespace perennial
