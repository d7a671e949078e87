#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "io/table.h"

namespace perennial {

enum class ColumnKind { integer, real, text, boolean };

struct ColumnName {
  std::string name;
  ColumnKind kind;
};

/// Somewhere that SQL can be asked: DuckDB (files, a database file) or PostgreSQL. The same SELECT means the same in both.
class TableSource {
 public:
  virtual ~TableSource() = default;

  /// "table.parquet", "postgresql://host/db": for error sentences; never holds a password.
  virtual const std::string& name() const = 0;

  /// The columns that a query gives, without running it.
  virtual std::vector<ColumnName> columns_of(const std::string& query) = 0;

  /// The result in pieces of a few thousand rows. Booleans come as 0/1 integers; other than numbers, text and booleans
  /// comes as text. A missing number is NaN and a missing text empty; whole numbers and booleans with missing values must
  /// be cast to DOUBLE PRECISION in the query. A connection that is lost throws Error(io).
  virtual void stream(const std::string& query, const std::function<void(const Table&)>& take) = 0;
};

/// A CSV, Parquet or DuckDB file, or a folder of Parquet and CSV files; each file is a table of its stem's name.
/// Throws Error(not_found) and Error(invalid_data) with the path.
std::unique_ptr<TableSource> open_table_source(const std::string& path_or_url);

}  // namespace perennial
