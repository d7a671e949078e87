#pragma once

#include <string>

namespace perennial {

class TableSource;

/// The query that gives the rows: as given, or all of the source's only table. Throws Error(invalid_argument) that names
/// the tables where there are several, Error(not_found) where there is none.
std::string rows_query(TableSource& source, const std::string& query);

}  // namespace perennial
