#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace perennial {

/// One column's values; all rows have one.
using ColumnValues = std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>>;

/// A named column.
struct Column {
  std::string name;
  ColumnValues values;

  std::size_t size() const;
};

/// Named columns of equal length: what goes into and comes out of Parquet, CSV and JSONL files.
struct Table {
  std::vector<Column> columns;

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }

  /// Appends a column; returns itself, so that calls chain.
  Table& add(std::string name, ColumnValues values);

  /// Throw Error(invalid_data) "no column 'x'" with the nearest name, or "column 'x' holds text, not whole
  /// numbers".
  const std::vector<std::int64_t>& integers(std::string_view name) const;
  const std::vector<double>& reals(std::string_view name) const;
  const std::vector<std::string>& texts(std::string_view name) const;
};

}  // namespace perennial
