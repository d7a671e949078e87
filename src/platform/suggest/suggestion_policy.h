#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/fields.h"
#include "base/parallel.h"
#include "base/random.h"
#include "io/archive.h"
#include "platform/suggest/learned_policy.h"
#include "world/creator_records.h"
#include "world/items.h"
#include "world/platform_tables.h"
#include "world/round_log.h"
#include "world/truth.h"

namespace perennial {

/// What does not change over a run.
struct PlatformShape {
  std::size_t users;
  std::size_t creators;  ///< there before round 1; others may join
  std::size_t genres;
  std::size_t slate;      ///< items per slate
  std::uint32_t recency;  ///< an item is a candidate for this many rounds after the one it was made in
  std::uint64_t seed;
};

/// One round's suggestion task, before anything is made.
struct SuggestionRequest {
  std::uint32_t round;
  std::span<const CreatorId> creators;  ///< who is about to create, ascending
  const CreatorRecords& records;
  const Items& items;
  const PlatformTables& tables;
  std::span<const double> predicted_trust;  ///< row = CreatorId; the platform's estimate, in (0, 1)
  const Truth* truth;                       ///< only for policies that declare uses_truth; otherwise null
  Draws draws;                              ///< Purpose::suggestion at this round
  Workers& workers;
};

/// Tells each creator what to make next. One file per policy beside this one; see suggestion_policies.h.
class SuggestionPolicy {
 public:
  virtual ~SuggestionPolicy() = default;

  /// Settings, bound to this object.
  virtual Fields fields() = 0;

  /// Called once before round 1.
  virtual void start(const PlatformShape& shape) = 0;

  /// Writes one genre, or no_genre for no suggestion, per creator of the request.
  virtual void suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) = 0;

  /// Takes in a finished round: `tables` and `items` already include it.
  virtual void learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
                     Workers& workers) = 0;

  /// Saves or restores everything learned (not the settings).
  virtual void persist(Archive& archive) = 0;

  /// What the policy expects suggestions to add, in clicks: one number per creator of the request and genre, the difference
  /// between suggesting that and nothing to that creator while the others get what is in `suggested` (suggestion_gains.h).
  /// False, and nothing written, where it expects nothing in numbers. Changes nothing; what was learned counts.
  virtual bool expected_gains(const SuggestionRequest& /*request*/, std::span<const GenreId> /*suggested*/,
                              std::span<double> /*gains*/) const {
    return false;
  }

  /// What it offers if it learns; null for the others.
  virtual LearnedPolicy* learned() { return nullptr; }
};

}  // namespace perennial
