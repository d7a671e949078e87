#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/fields.h"
#include "base/parallel.h"
#include "base/random.h"
#include "io/archive.h"
#include "world/items.h"
#include "world/platform_tables.h"
#include "world/round_log.h"
#include "world/shown_items.h"
#include "world/slates.h"
#include "world/world.h"

namespace perennial {

/// What the platform knew before round 1: the users' past clicks and, as negatives, random items of the catalogue.
struct PastInteraction {
  UserId user;
  CreatorId creator;  ///< no_creator = unknown
  GenreId genre;
  bool clicked;
};

/// One round's ranking task: for each user the `depth` best of the candidates it has not been shown.
struct RankRequest {
  std::uint32_t round;
  std::span<const UserId> users;       ///< ascending; result row r belongs to users[r]
  std::span<const ItemId> candidates;  ///< ascending, all fresh enough to be shown
  const Items& items;
  const ShownItems& shown;
  const PlatformTables& tables;
  std::size_t depth;  ///< >= 1; slate length plus what the re-ranker and the logs want
  Draws draws;        ///< Purpose::ranking at this round
  Workers& workers;
};

/// Scores candidates and learns from what was shown. One file per ranker beside this one; see recommenders.h.
///
/// Deterministic: the same calls give the same bytes at any number of threads. Equal scores are ordered by an addressed
/// draw per item, never by id, so that no creator gains from its place in a table.
class Recommender {
 public:
  virtual ~Recommender() = default;

  /// Settings, bound to this object.
  virtual Fields fields() = 0;

  /// Called once before round 1. Ids of creators and items may grow later; users and genres do not.
  virtual void start(const World& world, std::span<const PastInteraction> past, std::uint64_t seed) = 0;

  /// Fills `best` (reset by the callee to users x depth): best first, no repeats, nothing in `shown`, short rows padded.
  /// Scores are click propensities or anything monotone in them; descending within a row.
  virtual void rank(const RankRequest& request, Slates& best) = 0;

  /// Whether scores are log-odds of a click rather than rates: how a factor on one is applied.
  virtual bool scores_are_log_odds() const { return false; }

  /// Takes in a finished round: `tables` and `items` already include it.
  virtual void learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
                     Workers& workers) = 0;

  /// Saves or restores everything learned (not the settings).
  virtual void persist(Archive& archive) = 0;
};

}  // namespace perennial
