#pragma once

#include <string>
#include <vector>

#include "respond/panel/panel_spec.h"

namespace perennial {

/// One SELECT that gives the panel, the same on DuckDB and PostgreSQL; rows in no order. Columns: creator_id (text), arm and
/// cluster where there is an assignment, outcomes each with its _before, features, columns of the creators table.
///
/// Whose rows: those of the assignment; else of the creators table (who joined before the start); else everybody with an
/// event before the start. Never those who only came later: the treatment may have brought them. Each table of events is
/// read once.
std::string panel_sql(const PanelSpec& spec);

}  // namespace perennial
