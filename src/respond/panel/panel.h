#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/table.h"
#include "respond/panel/panel_spec.h"

namespace perennial {

class TableSource;

/// Features and outcomes of creators, made from a platform's tables of events.
struct Panel {
  std::string source;  ///< TableSource::name
  PanelSpec spec;      ///< as filled in
  std::string sql;
  Table table;  ///< one row per creator, by id
  std::vector<std::string> warnings;
};

/// Fills in and checks the spec, asks the source, and puts the rows in order of the creators' ids (bytes), so that both
/// engines give the same table. The table is held in memory. Warns where the events begin after a window does or end before
/// the experiment. Throws what fill_panel_spec, check_panel_spec and the source throw; Error(invalid_data) for a creator that
/// stands twice in the assignment or creators table, no creators, and times that are no times.
Panel make_panel(TableSource& source, PanelSpec spec);

}  // namespace perennial
