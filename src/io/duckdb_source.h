#pragma once

#include <filesystem>
#include <memory>

#include "io/table_source.h"

namespace perennial {

/// Files by way of DuckDB: see open_table_source.
std::unique_ptr<TableSource> open_duckdb_source(const std::filesystem::path& path);

}  // namespace perennial
