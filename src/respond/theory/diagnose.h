#pragma once

#include <string>

#include "respond/theory/diagnosis.h"

namespace perennial {

class TableSource;

/// What the columns of a panel (one row per creator) mean. Empty names are looked for, see docs/diagnose.md.
struct DiagnosedPanel {
  std::string query;  ///< empty: the only table of the source
  std::string creator = "creator_id";
  std::string arm;
  std::string cluster;  ///< randomised as a whole; empty: creators one by one
  std::string outcome = "posts";
  std::string engagement;
  std::string outcome_before, engagement_before;
};

/// Adds what event logs say of all four conditions. Throws Error(invalid_data) for logs without events or with one period only.
void diagnose_logs(Diagnosis& diagnosis, TableSource& logs, double period);

/// Adds what a panel says of the creators' response; an experiment takes the place of what logs said. Throws Error(invalid_data) for
/// no rows, and for columns that were asked for and are not there.
void diagnose_panel(Diagnosis& diagnosis, TableSource& panel, const DiagnosedPanel& columns);

}  // namespace perennial
