#include "io/table_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/error.h"
#include "io/atomic_file.h"
#include "io/duckdb.h"

namespace perennial {
namespace {

void write_as(const std::filesystem::path& path, const Table& table, const char* format) {
  write_file_with(path, [&](const std::filesystem::path& temporary) {
    Duckdb db;
    db.load("rows", table);
    db.execute(fmt::format("COPY rows TO {} ({})", sql_string(temporary.string()), format));
  });
}

/// The expression that turns a column of that type into one a Table can hold.
std::string select(const std::string& name, std::string_view type) {
  const auto column = sql_name(name);
  for (const auto* whole :
       {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "BOOLEAN"}) {
    if (type == whole) return column;
  }
  if (type == "VARCHAR" || type == "DOUBLE" || type == "FLOAT") return column;
  if (type == "UBIGINT" || type == "HUGEINT" || type == "UHUGEINT")
    return fmt::format("{0}::BIGINT AS {0}", column);
  if (type.starts_with("DECIMAL")) return fmt::format("{0}::DOUBLE AS {0}", column);
  if (type.ends_with("]") || type.starts_with("STRUCT") || type.starts_with("MAP")) {
    return fmt::format("to_json({0})::VARCHAR AS {0}", column);
  }
  return fmt::format("{0}::VARCHAR AS {0}", column);
}

/// Whole numbers with gaps become reals, so that a gap can read as NaN.
std::string select_with_gaps(Duckdb& db, const std::string& name, std::string_view type) {
  const auto expression = select(name, type);
  if (type == "VARCHAR" || expression.find("VARCHAR") != std::string::npos) return expression;
  const auto column = sql_name(name);
  const auto gaps = db.query(fmt::format("SELECT (count(*) - count({})) AS gaps FROM found", column));
  return gaps.integers("gaps")[0] > 0 ? fmt::format("{0}::DOUBLE AS {0}", column) : expression;
}

Table read_with(const std::filesystem::path& path, const char* reader) {
  require_readable(path);
  try {
    Duckdb db;
    db.execute(fmt::format("CREATE TABLE found AS SELECT * FROM {}",
                           fmt::format(fmt::runtime(reader), sql_string(path.string()))));
    const auto described = db.query("SELECT column_name, column_type FROM (DESCRIBE found)");
    std::string columns;
    for (std::size_t c = 0; c < described.rows(); ++c) {
      columns += (c ? ", " : "") +
                 select_with_gaps(db, described.texts("column_name")[c], described.texts("column_type")[c]);
    }
    return db.query("SELECT " + columns + " FROM found");
  } catch (const Error& error) {
    throw error.at(path.string());
  }
}

}  // namespace

void write_parquet(const std::filesystem::path& path, const Table& table) {
  write_as(path, table, "FORMAT parquet, COMPRESSION zstd");
}
void write_csv(const std::filesystem::path& path, const Table& table) {
  write_as(path, table, "FORMAT csv, HEADER");
}

Table read_parquet(const std::filesystem::path& path) {
  return read_with(path, "read_parquet({})");
}
Table read_csv(const std::filesystem::path& path) {
  return read_with(path, "read_csv({}, header = true)");
}
Table read_jsonl(const std::filesystem::path& path) {
  return read_with(path, "read_json({}, format = 'newline_delimited')");
}

void require_readable(const std::filesystem::path& path) {
  std::error_code status;
  if (std::filesystem::is_directory(path, status)) {
    throw Error(ErrorCode::io, fmt::format("{}: is a folder, where a file is needed", path.string()));
  }
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) {
    const auto code = errno == ENOENT || errno == ENOTDIR ? ErrorCode::not_found : ErrorCode::io;
    throw Error(code, fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno)));
  }
  std::fclose(file);
}

}  // namespace perennial
