#include "respond/table/rows_query.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.h"
#include "io/duckdb.h"
#include "io/table_source.h"

namespace perennial {

std::string rows_query(TableSource& source, const std::string& query) {
  if (!query.empty()) return query;
  const auto tables = source.tables();
  if (tables.size() == 1) return "SELECT * FROM " + sql_name(tables.front());
  if (tables.empty()) throw Error(ErrorCode::not_found, "there is no table");
  throw Error(ErrorCode::invalid_argument,
              fmt::format("there are the tables {}: say which with --query 'SELECT * FROM {}'",
                          fmt::join(tables, ", "), tables.front()));
}

}  // namespace perennial
