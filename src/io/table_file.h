#pragma once

#include <filesystem>

#include "io/table.h"

namespace perennial {

/// Put the table in place whole or not at all (see atomic_file.h). Row order is kept.
void write_parquet(const std::filesystem::path& path, const Table& table);
void write_csv(const std::filesystem::path& path, const Table& table);

/// Read by DuckDB, types as it finds them; what is neither number nor text comes as text (lists and
/// structures as JSON). A missing number reads as NaN, a missing text as empty. Error(not_found), Error(io)
/// or Error(invalid_data) with the path in front.
Table read_parquet(const std::filesystem::path& path);
Table read_csv(const std::filesystem::path& path);
Table read_jsonl(const std::filesystem::path& path);

/// Throws the Error that opening it would bring: no such file, a folder, no rights.
void require_readable(const std::filesystem::path& path);

}  // namespace perennial
