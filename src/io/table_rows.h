#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

class Duckdb;
class TableRows;

/// One row of somebody else's table. Values are looked up by column name; a value that breaks its rule throws
/// Error(invalid_data) "users.csv:12: column 'count' = '-3': must be at least 1".
class TableRow {
 public:
  TableRow(const TableRows& table, std::size_t row, std::vector<std::string_view> values)
      : table_(table), row_(row), values_(std::move(values)) {}

  std::size_t number() const { return row_; }                 ///< from 0, among the rows that can be read
  std::string_view text(std::string_view column) const;       ///< may be empty
  std::string_view some_text(std::string_view column) const;  ///< must not be empty
  std::int64_t whole(std::string_view column, std::int64_t least, std::int64_t most) const;
  double real(std::string_view column, double least, double most) const;
  [[noreturn]] void refuse(std::string_view column, const std::string& rule) const;

 private:
  const TableRows& table_;
  std::size_t row_;
  std::vector<std::string_view> values_;
};

/// A CSV (comma, double quotes, header line) or Parquet table written by others, by the ending of its name, read by
/// DuckDB as text. Lists in Parquet read as their elements with '|' between.
class TableRows {
 public:
  /// Throws Error(not_found), Error(io), or Error(invalid_data) for a file without header, a broken Parquet file or a
  /// missing column (with the nearest name). Columns neither required nor optional are left out.
  /// `db` holds the rows and must outlive this object.
  TableRows(Duckdb& db, std::filesystem::path path, const std::vector<std::string>& required,
            const std::vector<std::string>& optional = {});
  ~TableRows();
  TableRows(const TableRows&) = delete;
  TableRows& operator=(const TableRows&) = delete;

  bool has(std::string_view column) const;
  const std::vector<std::string>& column_names() const { return all_columns_; }  ///< all that the file has
  std::size_t size() const { return size_; }

  /// Rows that are no rows, each as one sentence: too few columns, a quote that never ends, bytes that are not UTF-8.
  const std::vector<std::string>& broken() const { return broken_; }

  /// In file order.
  void for_each(const std::function<void(const TableRow&)>& take) const;

  /// "users.csv:12" or, for Parquet, "users.parquet: row 11". Slow: for errors only.
  std::string place(std::size_t row) const;
  /// Position of a column that was asked for; size when the file has none of that name.
  std::size_t index(std::string_view column) const;

 private:
  void read_csv();
  void read_parquet();
  void keep(const std::vector<std::string>& required, const std::vector<std::string>& optional);

  Duckdb& db_;
  std::filesystem::path path_;
  std::string table_;  // in db_, of a name of its own
  std::vector<std::string> all_columns_, columns_;
  std::vector<std::string> broken_;
  std::vector<std::size_t> broken_lines_;  // ascending
  std::size_t size_ = 0;
};

}  // namespace perennial
