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
  std::vector<std::string>
      after_treatment;  ///< other columns seen after the start: never features, never filtered on
  bool force =
      false;  ///< filters on what came after the start only warn; so do such columns among `features`
  std::size_t fewest_per_arm = 1;  ///< fewer creators in treatment or control are an Error
};

/// Reads a table once, in pieces. `known`: the schema of a fitted model; then features are matched to it by name, unseen
/// categories read as missing (a warning counts them), and a column that lacks or has another kind is an Error that
/// names all such columns. Otherwise the schema is taken from the table: text is categorical, true/false boolean.
///
/// Rows whose arm is missing or stands in no given mapping are left out, with a warning. A missing pre-outcome becomes the
/// mean of those there are, with a warning: it knows nothing of the arm, so it cannot bias. Text features are held to 10,000
/// categories.
///
/// Throws Error(invalid_data) with the column and row for: an arm column with other values than two that tell themselves
/// apart and no mapping, one arm empty, creators that stand twice, missing or infinite outcomes, outcomes that never vary
/// (where all are so; one of several is a warning), infinite features, no rows; Error(invalid_argument) for unknown columns
/// and for a filter or a query's condition on an outcome, on the arm or on a column of after_treatment, unless forced.
CreatorTable read_creator_table(TableSource& source, const CreatorColumns& columns,
                                const std::filesystem::path& temporary_folder,
                                const FeatureSchema* known = nullptr);

}  // namespace perennial
