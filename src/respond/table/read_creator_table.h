#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "respond/table/creator_table.h"

namespace perennial {

class TableSource;

/// What the columns of somebody's table mean.
struct CreatorColumns {
  std::string query;  ///< SELECT .. that gives the rows; empty: the only table of the source
  std::string creator = "creator_id";
  std::string arm;  ///< empty: a table without an experiment, to be scored
  std::map<std::string, Arm>
      arm_values;  ///< empty: two values that are told apart by name (0/1, control/treatment, ..)
  std::vector<std::string> outcomes;
  std::map<std::string, std::string>
      pre_outcomes;  ///< outcome -> column with its value before the experiment
  std::string cluster;
  std::vector<std::string> features;  ///< empty: every other column
  std::vector<std::string> ignored;   ///< never features
  std::string filter;                 ///< SQL condition on the rows that are read; empty: all
};

/// Reads a table once, in pieces. `known`: the schema of a fitted model; then features are matched to it by name, unseen
/// categories read as missing (a warning counts them), and a column that lacks or has another kind is an Error that
/// names all such columns. Otherwise the schema is taken from the table: text is categorical, true/false boolean.
///
/// Throws Error(invalid_data) with the column and row for: an arm column with more than two values and no mapping, one arm
/// empty, creators that stand twice, missing or infinite outcomes, infinite features, no rows.
CreatorTable read_creator_table(TableSource& source, const CreatorColumns& columns,
                                const std::filesystem::path& temporary_folder,
                                const FeatureSchema* known = nullptr);

}  // namespace perennial
