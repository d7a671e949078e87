#pragma once

#include <duckdb.h>

#include <vector>

#include "io/table.h"

namespace perennial {

/// A result's columns, taking chunk after chunk. Types and missing values as Duckdb::query says.
class ChunkReader {
 public:
  explicit ChunkReader(duckdb_result& result);

  void take(duckdb_data_chunk chunk);
  void clear();
  Table& table() { return table_; }

 private:
  std::vector<duckdb_type> types_;
  Table table_;
};

/// DuckDB's type for a column, as an enum and in SQL.
duckdb_type type_of(const Column& column);
const char* sql_type_of(const Column& column);

/// Copies `rows` values from `begin` on to the start of `to`, whose type is type_of(column).
void copy_rows(const Column& column, std::size_t begin, std::size_t rows, duckdb_vector to);

}  // namespace perennial
