#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "world/world.h"

namespace perennial {

/// What every importer can be told.
struct ImportOptions {
  std::string name{};                ///< of the world
  bool skip_bad_rows = false;        ///< count and report bad rows instead of stopping at the first
  bool add_interest_genres = false;  ///< an interest nobody makes becomes a genre instead of a bad row
  bool activity_from_frequency =
      false;  ///< creators' activity = min(1, items per round) where known, else 0.5
};

/// What an import left out and why.
struct ImportReport {
  std::size_t rows_read = 0;
  std::size_t rows_skipped = 0;            ///< bad rows
  std::vector<std::string> first_skipped;  ///< what was wrong with the first few
  std::vector<std::string> notes;          ///< what else was left out, and not as a mistake
};

/// A world, and how its import went.
struct Imported {
  World world;
  ImportReport report;
};

// All importers replace names by row numbers, never keep them, and order genres by name. They throw Error(invalid_data)
// naming file, line, column and rule for the first bad row (see ImportOptions::skip_bad_rows), for a missing column (with
// the nearest name) and for a world left without users or creators; Error(not_found) or Error(io) for files.

/// The LoRe and CreAgent authors' JSON pair: users `[{user_name, interest: [genre], history: [item id]}]`, creators
/// `[{channel_name, history_categories: {genre: count}, creation_frequency, history_items: [{id, genre}]}]`. A past click
/// is an item of a user's history; its creator and genre are known when some creator's history_items holds it.
Imported import_json(const std::filesystem::path& users, const std::filesystem::path& creators,
                     const ImportOptions& options);

/// The same of texts at hand, which errors call `users_name` and `creators_name`.
Imported import_json_texts(std::string_view users, const std::string& users_name, std::string_view creators,
                           const std::string& creators_name, const ImportOptions& options);

/// A folder of tables, each .csv or .parquet (columns in parentheses are optional):
/// users: user_id, interests (genres with '|' between), (activity);
/// creators: creator_id, (parse_status: only A, B and C are taken), (activity);
/// creator_genre: creator_id, genre, count;
/// interactions, optional: user_id, (creator_id), (genre), one past click a row;
/// creation_frequency, optional: creator_id and frequency, or a single column that is drawn from.
Imported import_tables(const std::filesystem::path& folder, const ImportOptions& options);

/// What Amazon Reviews 2023 leaves open.
struct AmazonOptions {
  std::int64_t category_level = 2;  ///< which of an item's categories is its genre; 1 = the widest
  std::int64_t least_reviews = 3;   ///< reviews in a genre that make it an interest
};

/// Amazon Reviews 2023: meta_*.jsonl (parent_asin, store = creator, categories) and reviews .jsonl (user_id,
/// parent_asin), also gzipped. Items without store or genre, and users without interest, are left out and counted.
Imported import_amazon(const std::filesystem::path& meta, const std::filesystem::path& reviews,
                       const AmazonOptions& amazon, const ImportOptions& options);

}  // namespace perennial
