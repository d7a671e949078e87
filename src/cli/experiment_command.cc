#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/experiment_flags.h"
#include "io/toml_file.h"

namespace perennial {

void ExperimentOutput::add_to(CLI::App& command, const std::string& help, bool required) {
  command.add_option("--out", out, help)->required(required);
  command.add_flag("--force", force, "use the folder even if it is not one of Perennial's; other files stay");
  command.add_flag("--json", json, "print summary.json instead of sentences");
}

RunFolder ExperimentOutput::open_folder(const std::string& kind) const {
  return {out, kind, force ? Existing::force : Existing::replace};
}

std::string config_toml(const ExperimentConfig& config) {
  std::string text;
  for (const auto& [key, value] : config) text += fmt::format("{} = {}\n", toml_key(key), to_toml(value));
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ","));
}

void add_experiment_command(CLI::App& app) {
  auto* experiment = app.add_subcommand("experiment", "Plans, assigns and analyzes experiments on creators");
  experiment->require_subcommand(1);
  experiment->footer("\nperennial experiment COMMAND --help says what a command takes.\n");
  add_experiment_plan(*experiment);
  add_experiment_assign(*experiment);
  add_experiment_analyze(*experiment);
}

}  // namespace perennial
