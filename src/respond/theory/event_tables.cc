#include "respond/theory/event_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "io/duckdb.h"
#include "io/table_source.h"

namespace perennial {
namespace {

constexpr std::array time_names = {"time", "timestamp", "created_at", "at"};

const ColumnName* find(const std::vector<ColumnName>& columns, std::string_view name) {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

void find_time(EventTable& table, const std::vector<ColumnName>& columns) {
  for (const char* name : time_names) {
    const auto* column = find(columns, name);
    if (!column) continue;
    table.time_is_number = column->kind == ColumnKind::integer || column->kind == ColumnKind::real;
    const auto column_name = sql_name(name);
    table.time =
        table.time_is_number
            ? fmt::format("CAST({} AS DOUBLE PRECISION)", column_name)
            : fmt::format("CAST(EXTRACT(EPOCH FROM CAST({} AS TIMESTAMP)) AS DOUBLE PRECISION)", column_name);
    return;
  }
  table.lacking.push_back("time");
}

}  // namespace

std::optional<EventTable> find_event_table(TableSource& source, const std::string& name) {
  const auto tables = source.tables();
  if (std::find(tables.begin(), tables.end(), name) == tables.end()) return std::nullopt;
  const auto columns = source.columns_of("SELECT * FROM " + sql_name(name));
  EventTable table{.name = name, .post = {}, .creator = {}, .user = {}, .time = {}, .lacking = {}};
  const auto take = [&](std::string& to, const char* column, bool needed) {
    if (find(columns, column)) {
      to = sql_name(column);
    } else if (needed) {
      table.lacking.push_back(column);
    }
  };
  const bool posts = name == "posts";
  take(table.post, "post_id", true);
  take(table.creator, "creator_id", posts);
  take(table.user, "user_id", !posts);
  find_time(table, columns);
  return table;
}

}  // namespace perennial
