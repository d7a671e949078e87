#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "io/table.h"

namespace perennial {

/// What a query's column holds. `text` is everything that is neither number nor truth value.
enum class ColumnKind { integer, real, text, boolean };

/// A column of a query's result.
struct ColumnName {
  std::string name;
  ColumnKind kind;
};

/// Somewhere that SQL can be asked: DuckDB (files, a database file) or PostgreSQL. The same SELECT means the same in both:
/// whole numbers divide to whole numbers, missing values sort as the largest, times with a zone are shown in UTC. Nothing is
/// ever written there. A query that is refused throws Error(invalid_data) with the engine's own sentence.
class TableSource {
 public:
  virtual ~TableSource() = default;

  /// "table.parquet", "postgresql://host/db": for error sentences; never holds a password.
  virtual const std::string& name() const = 0;

  /// Names of the tables and views that a query can name without more, sorted.
  virtual std::vector<std::string> tables() = 0;

  /// The columns that a query gives, without running it. Two of one name are an Error(invalid_data).
  virtual std::vector<ColumnName> columns_of(const std::string& query) = 0;

  /// The result in pieces of a few thousand rows. Booleans come as 0/1 integers; other than numbers, text and booleans
  /// comes as text. A missing number is NaN and a missing text empty; whole numbers and booleans with missing values must
  /// be cast to DOUBLE PRECISION in the query; otherwise they are an Error(invalid_data). A connection that is lost throws Error(io).
  virtual void stream(const std::string& query, const std::function<void(const Table&)>& take) = 0;
};

/// A .csv, .parquet or .duckdb file; a folder of .csv and .parquet files, where each file is a table of its stem's name and
/// each subfolder of Parquet files is one table of the subfolder's name; or postgresql://user@host/database.
/// Throws Error(not_found), Error(invalid_data) and Error(io) with the path or the address.
std::unique_ptr<TableSource> open_table_source(const std::string& path_or_url);

}  // namespace perennial
