#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "respond/table/creator_table.h"
#include "study/creator_counts.h"
#include "world/creator_records.h"

namespace perennial {

/// What a platform has logged of every creator before an experiment, and of the experiment.
struct CreatorLogs {
  CreatorCounts before;                    ///< the rounds before the experiment
  CreatorCounts just_before;               ///< the last quarter of them
  std::vector<GenreId> homes;              ///< the genre it had made most when it joined (ties: lowest id)
  std::vector<std::uint32_t> past_items;   ///< made when it joined
  std::vector<std::uint32_t> past_genres;  ///< in so many genres

  explicit CreatorLogs(const CreatorRecords& records);
};

/// The experiment as `perennial response fit` would read it from a file: one row per creator, in order; features from before
/// the experiment, outcomes posts, impressions and clicks during it, posts before it. Holds nothing that only a simulator
/// knows. A rate without a denominator is missing.
CreatorTable creator_panel(const CreatorLogs& logs, const CreatorCounts& during,
                           std::span<const std::uint8_t> treated, std::span<const std::string> genres);

}  // namespace perennial
