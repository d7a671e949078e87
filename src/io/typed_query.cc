#include "io/typed_query.h"

#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "io/duckdb.h"

namespace perennial {
namespace {

std::string cast(const ColumnName& column) {
  const auto name = sql_name(column.name);
  switch (column.kind) {
    case ColumnKind::integer:
      return fmt::format("CAST({0} AS BIGINT) AS {0}", name);
    case ColumnKind::real:
      return fmt::format("CAST({0} AS DOUBLE PRECISION) AS {0}", name);
    case ColumnKind::boolean:
      return name;
    default:
      return fmt::format("CAST({0} AS VARCHAR) AS {0}", name);
  }
}

}  // namespace

std::string as_subquery(std::string_view query) {
  while (!query.empty() && std::string_view("; \t\r\n").find(query.back()) != std::string_view::npos) {
    query.remove_suffix(1);
  }
  return fmt::format("({}\n) AS asked", query);
}

std::string typed_query(std::string_view query, std::span<const ColumnName> columns) {
  std::string list;
  for (const auto& column : columns) list += (list.empty() ? "" : ", ") + cast(column);
  return fmt::format("SELECT {} FROM {}", list, as_subquery(query));
}

void require_different_names(std::span<const ColumnName> columns) {
  std::set<std::string_view> seen;
  for (const auto& column : columns) {
    if (!seen.insert(column.name).second) {
      throw Error(
          ErrorCode::invalid_data,
          fmt::format("two columns of the query are named '{}': give each a name of its own", column.name));
    }
  }
}

}  // namespace perennial
