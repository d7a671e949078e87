#include "io/duckdb_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/error.h"

namespace perennial {
namespace {

[[noreturn]] void refuse_null(const std::string& column) {
  throw Error(ErrorCode::invalid_data, fmt::format("column '{}' has no value in some row", column));
}

template <class Stored, class Value>
void append(std::vector<Value>& to, duckdb_vector from, idx_t rows, const std::string& column) {
  const auto* data = static_cast<const Stored*>(duckdb_vector_get_data(from));
  const auto* valid = duckdb_vector_get_validity(from);
  for (idx_t i = 0; i < rows; ++i) {
    if (valid && !duckdb_validity_row_is_valid(const_cast<std::uint64_t*>(valid), i)) {
      if constexpr (std::is_same_v<Value, double>) {
        to.push_back(std::numeric_limits<double>::quiet_NaN());
      } else {
        refuse_null(column);
      }
    } else {
      to.push_back(static_cast<Value>(data[i]));
    }
  }
}

void append_texts(std::vector<std::string>& to, duckdb_vector from, idx_t rows) {
  auto* data = static_cast<duckdb_string_t*>(duckdb_vector_get_data(from));
  auto* valid = duckdb_vector_get_validity(from);
  for (idx_t i = 0; i < rows; ++i) {
    if (valid && !duckdb_validity_row_is_valid(valid, i)) {
      to.emplace_back();
    } else {
      to.emplace_back(duckdb_string_t_data(&data[i]), duckdb_string_t_length(data[i]));
    }
  }
}

ColumnValues values_for(duckdb_type type, const std::string& column) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
      return std::vector<std::int64_t>();
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
      return std::vector<double>();
    case DUCKDB_TYPE_VARCHAR:
      return std::vector<std::string>();
    default:
      throw Error(ErrorCode::invalid_data,
                  fmt::format("column '{}' holds neither numbers nor text: cast it in the query", column));
  }
}

void append_column(Column& to, duckdb_type type, duckdb_vector from, idx_t rows) {
  if (auto* texts = std::get_if<std::vector<std::string>>(&to.values))
    return append_texts(*texts, from, rows);
  if (auto* reals = std::get_if<std::vector<double>>(&to.values)) {
    if (type == DUCKDB_TYPE_FLOAT) return append<float>(*reals, from, rows, to.name);
    return append<double>(*reals, from, rows, to.name);
  }
  auto& whole = std::get<std::vector<std::int64_t>>(to.values);
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
      return append<bool>(whole, from, rows, to.name);
    case DUCKDB_TYPE_TINYINT:
      return append<std::int8_t>(whole, from, rows, to.name);
    case DUCKDB_TYPE_SMALLINT:
      return append<std::int16_t>(whole, from, rows, to.name);
    case DUCKDB_TYPE_INTEGER:
      return append<std::int32_t>(whole, from, rows, to.name);
    case DUCKDB_TYPE_UTINYINT:
      return append<std::uint8_t>(whole, from, rows, to.name);
    case DUCKDB_TYPE_USMALLINT:
      return append<std::uint16_t>(whole, from, rows, to.name);
    case DUCKDB_TYPE_UINTEGER:
      return append<std::uint32_t>(whole, from, rows, to.name);
    default:
      return append<std::int64_t>(whole, from, rows, to.name);
  }
}

constexpr std::array duckdb_types = {DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_DOUBLE, DUCKDB_TYPE_VARCHAR};
constexpr std::array sql_types = {"BIGINT", "DOUBLE", "VARCHAR"};

struct CopyRows {
  duckdb_vector to;
  std::size_t begin, rows;

  template <class Value>
  void operator()(const std::vector<Value>& values) const {
    if constexpr (std::is_same_v<Value, std::string>) {
      for (std::size_t i = 0; i < rows; ++i) {
        const auto& text = values[begin + i];
        duckdb_vector_assign_string_element_len(to, i, text.data(), text.size());
      }
    } else {
      std::copy_n(values.data() + begin, rows, static_cast<Value*>(duckdb_vector_get_data(to)));
    }
  }
};

}  // namespace

ChunkReader::ChunkReader(duckdb_result& result) {
  for (idx_t c = 0; c < duckdb_column_count(&result); ++c) {
    types_.push_back(duckdb_column_type(&result, c));
    const std::string name = duckdb_column_name(&result, c);
    table_.columns.push_back({name, values_for(types_.back(), name)});
  }
}

void ChunkReader::take(duckdb_data_chunk chunk) {
  const auto rows = duckdb_data_chunk_get_size(chunk);
  for (idx_t c = 0; c < types_.size(); ++c) {
    append_column(table_.columns[c], types_[c], duckdb_data_chunk_get_vector(chunk, c), rows);
  }
}

void ChunkReader::clear() {
  for (auto& column : table_.columns) std::visit([](auto& values) { values.clear(); }, column.values);
}

duckdb_type type_of(const Column& column) {
  return duckdb_types[column.values.index()];
}
const char* sql_type_of(const Column& column) {
  return sql_types[column.values.index()];
}

void copy_rows(const Column& column, std::size_t begin, std::size_t rows, duckdb_vector to) {
  std::visit(CopyRows{to, begin, rows}, column.values);
}

}  // namespace perennial
