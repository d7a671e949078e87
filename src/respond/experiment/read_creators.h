#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "respond/experiment/assignment.h"

namespace perennial {

class TableSource;

/// Where creators stand in somebody's table.
struct CreatorsQuery {
  std::string query;  ///< SELECT .. that gives the rows; empty: the only table of the source
  std::string creator = "creator_id";
  std::string filter;               ///< SQL condition on the rows; empty: all
  std::vector<std::string> strata;  ///< columns; a stratum is one combination of their values
  std::string cluster;              ///< column; empty: none
};

/// Throws Error(invalid_argument) for columns that are not there; Error(invalid_data) for no rows, a creator that stands
/// twice or has no id, and one without a cluster where there is a column of them.
Creators read_creators(TableSource& source, const CreatorsQuery& columns);

/// Arms by creator, from the table that an earlier assignment left (.parquet or .csv).
std::unordered_map<std::string, Arm> read_assignment(const std::filesystem::path& path);

}  // namespace perennial
