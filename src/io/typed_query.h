#pragma once

#include <span>
#include <string>
#include <string_view>

#include "io/table_source.h"

namespace perennial {

/// "(query) AS asked", to select from: a closing semicolon goes, a comment at the end does no harm.
std::string as_subquery(std::string_view query);

/// The same query with every column cast so that both engines give BIGINT, DOUBLE PRECISION, BOOLEAN or VARCHAR.
std::string typed_query(std::string_view query, std::span<const ColumnName> columns);

/// Throws Error(invalid_data) for two columns of one name.
void require_different_names(std::span<const ColumnName> columns);

}  // namespace perennial
