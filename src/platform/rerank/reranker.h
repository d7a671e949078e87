#pragma once

#include <cstdint>
#include <span>

#include "base/fields.h"
#include "base/parallel.h"
#include "base/random.h"
#include "world/creator_boosts.h"
#include "world/items.h"
#include "world/platform_tables.h"
#include "world/slates.h"

namespace perennial {

/// One round's re-ranking task: for each user the `depth` items of its shortlist that are shown, or just missed.
struct RerankRequest {
  std::uint32_t round;
  std::span<const UserId> users;  ///< ascending; row r of the shortlist and of the result belongs to users[r]
  std::span<const ItemId>
      candidates;           ///< ascending: every item that may be shown this round; holds every shortlist
  const Slates& shortlist;  ///< the ranker's, best first, padded with no_item
  bool log_odds;            ///< the shortlist's scores are log-odds of a click; else they are rates, >= 0
  const Items& items;
  const PlatformTables& tables;  ///< as they were after the last round: what each creator was shown so far
  const CreatorBoosts& boosts;
  std::size_t slate;  ///< k >= 1: how many of a row's first places are shown
  std::size_t
      depth;  ///< >= slate, <= the shortlist's width; places beyond the slate are logged as what just missed
  Draws draws;  ///< Purpose::rerank at this round
  Workers& workers;
};

/// Decides which items of a longer shortlist are shown, and where. One file per re-ranker beside this one; see rerankers.h.
///
/// Deterministic: the same calls give the same bytes at any number of threads. Keeps nothing from one round to the next:
/// what a method must remember stands in the platform's tables, so a resumed run needs no more.
class Reranker {
 public:
  virtual ~Reranker() = default;

  /// Settings, bound to this object.
  virtual Fields fields() = 0;

  /// How many items per user the ranker is to list, for `depth` to be kept when there are so many candidates; >= depth.
  /// The platform holds users x this many items and scores.
  virtual std::size_t shortlist(std::size_t depth, std::size_t candidates) const = 0;

  /// Fills `best` (reset by the callee to users x depth) with items of each user's shortlist, no repeats, short rows padded.
  /// The scores stay what the ranker thinks of each, so they need not descend.
  virtual void rerank(const RerankRequest& request, Slates& best) = 0;
};

}  // namespace perennial
