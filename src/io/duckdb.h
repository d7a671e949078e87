#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "io/table.h"

namespace perennial {

/// A DuckDB database in memory, gone when this object is. Extensions are neither fetched nor loaded. Not for
/// use from two threads at once. What DuckDB refuses throws Error(invalid_data), or Error(io) for the disk,
/// with DuckDB's own sentence.
class Duckdb {
 public:
  Duckdb();
  ~Duckdb();
  Duckdb(const Duckdb&) = delete;
  Duckdb& operator=(const Duckdb&) = delete;

  void execute(const std::string& sql);

  /// The whole result. Whole-number types become integers, FLOAT and DOUBLE reals, VARCHAR text; other types
  /// must be cast in the query. A NULL reads as NaN or as empty text; in a column of whole numbers it is an
  /// Error.
  Table query(const std::string& sql);

  /// The same in pieces of a few thousand rows, so that results larger than memory pass through.
  void stream(const std::string& sql, const std::function<void(const Table&)>& take);

  /// Makes a table of that name out of `table`.
  void load(const std::string& name, const Table& table);

 private:
  struct Handles;
  std::unique_ptr<Handles> handles_;
};

/// 'text', with quotes doubled.
std::string sql_string(std::string_view text);
/// "name", with quotes doubled.
std::string sql_name(std::string_view name);

}  // namespace perennial
