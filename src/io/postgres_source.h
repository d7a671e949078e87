#pragma once

#include <memory>
#include <string>

#include "io/table_source.h"

namespace perennial {

/// A PostgreSQL database by its address: see open_table_source. Connects at once; reads in transactions that cannot write.
std::unique_ptr<TableSource> open_postgres_source(const std::string& address);

}  // namespace perennial
