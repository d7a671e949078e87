#include "io/duckdb_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>

#include "base/error.h"
#include "io/duckdb.h"
#include "io/table_file.h"
#include "io/typed_query.h"

namespace perennial {
namespace {

namespace fs = std::filesystem;

ColumnKind kind_of(std::string_view type) {
  if (type == "BOOLEAN") return ColumnKind::boolean;
  for (const auto* whole :
       {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}) {
    if (type == whole) return ColumnKind::integer;
  }
  for (const auto* real : {"FLOAT", "DOUBLE", "HUGEINT", "UHUGEINT", "UBIGINT"}) {
    if (type == real) return ColumnKind::real;
  }
  return type.starts_with("DECIMAL") ? ColumnKind::real : ColumnKind::text;
}

/// What to read a file with; empty for a file of another ending. CSV is looked through to its end for its columns' types, so
/// that a late text in a column of numbers is no error.
std::string reader_of(const fs::path& path) {
  const auto file = sql_string(path.string());
  if (path.extension() == ".parquet") return fmt::format("read_parquet({})", file);
  if (path.extension() == ".csv") return fmt::format("read_csv({}, header = true, sample_size = -1)", file);
  return "";
}

bool has_parquet(const fs::path& folder) {
  return std::ranges::any_of(fs::directory_iterator(folder),
                             [](const auto& entry) { return entry.path().extension() == ".parquet"; });
}

class DuckdbSource : public TableSource {
 public:
  explicit DuckdbSource(const fs::path& path) : name_(path.string()) {
    db_.execute("SET integer_division = true");
    db_.execute("SET default_null_order = 'nulls_last_on_asc_first_on_desc'");
    db_.execute("SET TimeZone = 'UTC'");
    try {
      open(path);
    } catch (const Error& error) {
      throw std::string_view(error.what()).starts_with(name_) ? error : error.at(name_);
    }
  }

  const std::string& name() const override { return name_; }

  std::vector<std::string> tables() override {
    return db_
        .query(
            "SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() "
            "AND table_schema = current_schema() ORDER BY table_name")
        .texts("table_name");
  }

  std::vector<ColumnName> columns_of(const std::string& query) override {
    try {
      const auto found = db_.query("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " +
                                   as_subquery(query) + ")");
      std::vector<ColumnName> columns;
      for (std::size_t c = 0; c < found.rows(); ++c) {
        columns.push_back({found.texts("column_name")[c], kind_of(found.texts("column_type")[c])});
      }
      require_different_names(columns);
      return columns;
    } catch (const Error& error) {
      throw error.at(name_);
    }
  }

  void stream(const std::string& query, const std::function<void(const Table&)>& take) override {
    const auto columns = columns_of(query);
    bool taking = false;  // an Error of the taker's is not about this source
    try {
      db_.stream(typed_query(query, columns), [&](const Table& piece) {
        taking = true;
        take(piece);
        taking = false;
      });
    } catch (const Error& error) {
      if (taking) throw;
      throw error.at(name_);
    }
  }

 private:
  void open(const fs::path& path) {
    std::error_code status;
    if (fs::is_directory(path, status)) return open_folder(path);
    require_readable(path);
    if (path.extension() == ".duckdb" || path.extension() == ".db") {
      db_.execute(fmt::format("ATTACH {} AS opened (READ_ONLY)", sql_string(path.string())));
      db_.execute("USE opened");
      return;
    }
    const auto reader = reader_of(path);
    if (reader.empty()) {
      throw Error(ErrorCode::invalid_data,
                  fmt::format("{}: is no table: names end in .csv, .parquet or .duckdb, or begin with "
                              "postgresql://",
                              name_));
    }
    add_view(path.stem().string(), reader);
  }

  void open_folder(const fs::path& folder) {
    std::map<std::string, std::string> readers;  // in order of name
    for (const auto& entry : fs::directory_iterator(folder)) {
      const auto& path = entry.path();
      const bool parts = entry.is_directory() && has_parquet(path);
      const auto reader = parts ? reader_of(path / "*.parquet") : entry.is_directory() ? "" : reader_of(path);
      if (reader.empty()) continue;
      const auto table = parts ? path.filename().string() : path.stem().string();
      if (!readers.emplace(table, reader).second) {
        throw Error(ErrorCode::invalid_data,
                    fmt::format("{}: two files would be the table '{}'", name_, table));
      }
    }
    if (readers.empty())
      throw Error(ErrorCode::not_found, fmt::format("{}: no .parquet or .csv file there", name_));
    for (const auto& [table, reader] : readers) add_view(table, reader);
  }

  void add_view(const std::string& table, const std::string& reader) {
    db_.execute(fmt::format("CREATE VIEW {} AS SELECT * FROM {}", sql_name(table), reader));
  }

  Duckdb db_;
  std::string name_;
};

}  // namespace

std::unique_ptr<TableSource> open_duckdb_source(const fs::path& path) {
  return std::make_unique<DuckdbSource>(path);
}

}  // namespace perennial
