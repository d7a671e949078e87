#include "io/table_source.h"

#include "io/duckdb_source.h"
#include "io/postgres_address.h"
#include "io/postgres_source.h"

namespace perennial {

std::unique_ptr<TableSource> open_table_source(const std::string& path_or_url) {
  if (is_postgres_address(path_or_url)) return open_postgres_source(path_or_url);
  return open_duckdb_source(path_or_url);
}

}  // namespace perennial
