#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "io/run_folder.h"

namespace perennial {

/// Where the commands of an experiment leave what they found.
struct ExperimentOutput {
  std::filesystem::path out;
  bool force = false;
  bool json = false;

  /// `help` says what --out is a folder for; `required`: there is nothing to do without it.
  void add_to(CLI::App& command, const std::string& help, bool required);
  RunFolder open_folder(const std::string& kind) const;
};

/// What a command was told, as TOML: config.toml.
using ExperimentConfig = std::vector<std::pair<std::string, FieldValue>>;
std::string config_toml(const ExperimentConfig& config);

/// "a,b,c".
std::string joined(const std::vector<std::string>& names);

/// Each adds a command below `perennial experiment`.
void add_experiment_plan(CLI::App& experiment);
void add_experiment_assign(CLI::App& experiment);
void add_experiment_analyze(CLI::App& experiment);

}  // namespace perennial
