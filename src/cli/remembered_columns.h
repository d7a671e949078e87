#pragma once

#include <filesystem>
#include <string>

#include "cli/table_flags.h"

namespace perennial {

/// The file of a model's folder that says what the columns of its table mean, so that later commands need not be told.
inline constexpr const char* columns_file = "columns.json";

/// What stands there: the flags about columns, as they were typed.
std::string columns_json(const TableFlags& flags);

/// Takes what was not typed from a model's folder; a folder without the file changes nothing. Query, filter and table are
/// never taken: they belong to one table.
void remember_columns(TableFlags& flags, const std::filesystem::path& model_folder);

/// The same of the creators' column alone: a table that is only to be scored has no arms and outcomes.
void remember_creator_column(TableFlags& flags, const std::filesystem::path& model_folder);

}  // namespace perennial
