#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "respond/table/read_creator_table.h"

namespace perennial {

/// The flags by which a command is told where a table of creators is and what its columns mean.
struct TableFlags {
  /// Which of them a command has.
  enum class Kind {
    experiment,  ///< arms and outcomes are needed
    to_score,    ///< creators and features alone
  };
  void add_to(CLI::App& command, Kind kind);

  /// Throws Error(invalid_argument) for flags that are missing or cannot be read. Where --table is a folder of
  /// `perennial panel` or the table in it, what is not said comes from that panel's own words.
  CreatorColumns columns() const;

  /// What --table names; a folder of `perennial panel` stands for the table in it.
  std::string source_name() const;

  std::string table;
  std::string query, creator, arm, cluster, filter;
  std::vector<std::string> arm_values;  ///< "treatment=T"
  std::vector<std::string> outcomes, features, ignored, after_treatment;
  std::vector<std::string> pre;  ///< "posts=posts_before"
  bool force_filter = false;

 private:
  Kind kind_ = Kind::experiment;
};

}  // namespace perennial
