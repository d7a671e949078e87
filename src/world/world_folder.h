#pragma once

#include <filesystem>
#include <string>

#include "io/run_folder.h"
#include "world/world.h"

namespace perennial {

/// Saves a world as a folder: world.json (format, name, genres, counts, where it came from), users.parquet,
/// creators.parquet, creator_genre.parquet and past_clicks.parquet. Ids are row numbers; -1 stands for unknown.
/// `source` is one sentence. Throws as RunFolder does.
void write_world(const std::filesystem::path& folder, const World& world, const std::string& source,
                 Existing existing = Existing::replace);

/// Reads it back, checked: Error(not_found) for no such folder, Error(invalid_data) for a folder that is no finished
/// world, of another format version, or whose tables break a rule of world.h.
World read_world(const std::filesystem::path& folder);

}  // namespace perennial
