#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/run_folder.h"
#include "world/platform_tables.h"
#include "world/ragged.h"
#include "world/round_log.h"
#include "world/world.h"

namespace perennial {

/// What a platform logged from its first round on: enough to rebuild all that it knew before every round.
struct PlatformLogs {
  std::vector<std::string> genres;
  std::size_t slate = 1;
  std::uint32_t recency = 0;  ///< an item is a candidate for this many rounds after the one it was made in
  std::vector<ShownClicked> user_genre;  ///< users x genres, as counted before round 1
  std::vector<std::uint32_t> joined;     ///< row = CreatorId, ascending; round, 0 = was there before round 1
  Ragged<GenreCount> history;            ///< row = CreatorId, ascending by genre; made before it joined
  std::vector<GenreId> item_genre;       ///< row = ItemId
  std::vector<RoundLog> rounds;          ///< index 0 = round 1; all scores are 0

  std::size_t users() const { return user_genre.size() / genres.size(); }

  /// Forgets what came after that round.
  void cut(std::size_t last_round);
};

/// Puts log.json and the five log-*.parquet tables of docs/formats.md into the folder.
void write_platform_logs(RunFolder& folder, const PlatformLogs& logs);

bool has_platform_logs(const std::filesystem::path& folder);

/// Reads them back, checked: Error(not_found) for a file that is missing, Error(invalid_data) naming file, row, column and
/// rule for the first row that breaks one: a row out of order, a genre, creator, user or item that is not there, a click
/// on what was not shown.
PlatformLogs read_platform_logs(const std::filesystem::path& folder);

}  // namespace perennial
