#include "io/table.h"

#include <fmt/format.h>

#include <array>

#include "base/check.h"
#include "base/error.h"
#include "base/names.h"

namespace perennial {
namespace {

constexpr std::array kind_names = {"whole numbers", "numbers", "text"};

const Column& find(const Table& table, std::string_view name) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) {
    if (column.name == name) return column;
    names.push_back(column.name);
  }
  throw Error(ErrorCode::invalid_data, fmt::format("no column '{}'{}", name, name_hint(name, names)));
}

template <class Value>
const std::vector<Value>& typed(const Table& table, std::string_view name) {
  const auto& column = find(table, name);
  if (const auto* values = std::get_if<std::vector<Value>>(&column.values)) return *values;
  const ColumnValues wanted = std::vector<Value>();
  throw Error(ErrorCode::invalid_data,
              fmt::format("column '{}' holds {}, not {}", name, kind_names[column.values.index()],
                          kind_names[wanted.index()]));
}

}  // namespace

std::size_t Column::size() const {
  return std::visit([](const auto& v) { return v.size(); }, values);
}

Table& Table::add(std::string name, ColumnValues values) {
  columns.push_back({std::move(name), std::move(values)});
  check(columns.back().size() == rows(), "columns of a table have the same length");
  return *this;
}

const std::vector<std::int64_t>& Table::integers(std::string_view name) const {
  return typed<std::int64_t>(*this, name);
}
const std::vector<double>& Table::reals(std::string_view name) const {
  return typed<double>(*this, name);
}
const std::vector<std::string>& Table::texts(std::string_view name) const {
  return typed<std::string>(*this, name);
}

}  // namespace perennial
