#include "cli/table_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/names.h"
#include "io/json_file.h"
#include "io/run_folder.h"
#include "respond/table/arm_reader.h"

namespace perennial {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t fewest_per_arm = 20;
constexpr const char* panel_table = "panel.parquet";

/// "a=b" in two; Error naming the flag where there is no '='.
std::pair<std::string, std::string> split(const std::string& flag, const std::string& given) {
  const auto at = given.find('=');
  if (at == std::string::npos || at == 0 || at + 1 == given.size()) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{} {}: must be NAME=VALUE", flag, given));
  }
  return {given.substr(0, at), given.substr(at + 1)};
}

std::map<std::string, Arm> arms_of(const std::vector<std::string>& given) {
  static const std::vector<std::string> names = {"treatment", "control", "untouched"};
  std::map<std::string, Arm> arms;
  for (const auto& pair : given) {
    const auto [name, value] = split("--arm-values", pair);
    if (std::ranges::find(names, name) == names.end()) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("--arm-values {}: no arm '{}'{}", pair, name, name_hint(name, names)));
    }
    if (!arms.emplace(value, *arm_of_name(name)).second) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("--arm-values {}: '{}' is mapped twice", pair, value));
    }
  }
  return arms;
}

/// The folder that `perennial panel` left, where `table` is one or the table in it.
std::optional<fs::path> panel_folder(const fs::path& table) {
  std::error_code none;
  const auto folder = fs::is_directory(table, none)     ? table
                      : table.filename() == panel_table ? table.parent_path()
                                                        : fs::path();
  if (folder.empty() || !is_complete_folder(folder, "panel")) return std::nullopt;
  return folder;
}

/// What the panel says of its own columns, where flags do not.
void take_from_panel(CreatorColumns& columns, const nlohmann::json& said) {
  if (columns.arm.empty()) columns.arm = said.value("arm", "");
  if (columns.cluster.empty()) columns.cluster = said.value("cluster", "");
  for (const auto& outcome : said.value("outcomes", std::vector<std::string>())) {
    const bool chosen = std::ranges::find(columns.outcomes, outcome) != columns.outcomes.end();
    if (!chosen) columns.after_treatment.push_back(outcome);
  }
  for (const auto& [outcome, before] : said.value("pre_outcomes", std::map<std::string, std::string>())) {
    const bool chosen = std::ranges::find(columns.outcomes, outcome) != columns.outcomes.end();
    if (chosen) columns.pre_outcomes.try_emplace(outcome, before);
  }
}

}  // namespace

void TableFlags::add_to(CLI::App& command, Kind kind) {
  kind_ = kind;
  const auto list = [&](const std::string& names, std::vector<std::string>& to, const std::string& help) {
    command.add_option(names, to, help + "; with commas between")->delimiter(',')->allow_extra_args(false);
  };
  command
      .add_option(
          "--table", table,
          "one row per creator: a .csv, .parquet or .duckdb file, a folder of such files, a folder of "
          "perennial panel, or postgresql://user@host/database (the password from PGPASSWORD or "
          "~/.pgpass)")
      ->required();
  command.add_option("--query", query, "SELECT that gives the rows, where the source has several tables");
  command.add_option("--creator", creator, "column with the creator's id (default creator_id)");
  command.add_option("--filter", filter, "SQL condition on the rows that are read, as in 'age_days > 30'");
  if (kind == Kind::to_score) return;
  command.add_option("--arm,--treatment", arm, "column that says who was treated");
  list("--arm-values", arm_values,
       "what the arm column's values mean, as in treatment=T,control=C,untouched=U; needed unless they are "
       "1/0, true/false or called so");
  list("--outcome", outcomes, "columns with what creators did during the experiment");
  list("--pre", pre, "columns with the same before the experiment, as in posts=posts_before");
  command.add_option("--cluster", cluster, "column with the unit that was randomised, if not the creator");
  list("--features", features, "columns with what was known before the experiment (default: all others)");
  list("--ignore", ignored, "columns that are no features");
  list("--after-treatment", after_treatment,
       "other columns measured after the start: never features, never to be filtered on");
  command.add_flag("--force-filter", force_filter,
                   "filter on, or take as a feature, what was measured after the start; the report says so");
}

std::string TableFlags::source_name() const {
  const auto panel = panel_folder(table);
  return panel ? (*panel / panel_table).string() : table;
}

CreatorColumns TableFlags::columns() const {
  CreatorColumns columns;
  columns.query = query;
  if (!creator.empty()) columns.creator = creator;
  columns.filter = filter;
  if (kind_ == Kind::to_score) return columns;
  columns.arm = arm;
  columns.arm_values = arms_of(arm_values);
  columns.outcomes = outcomes;
  for (const auto& pair : pre) columns.pre_outcomes.insert(split("--pre", pair));
  columns.cluster = cluster;
  columns.features = features;
  columns.ignored = ignored;
  columns.after_treatment = after_treatment;
  columns.force = force_filter;
  columns.fewest_per_arm = fewest_per_arm;
  if (const auto panel = panel_folder(table)) {
    take_from_panel(columns, read_json(*panel / "summary.json").at("columns"));
  }
  if (columns.arm.empty()) {
    throw Error(ErrorCode::invalid_argument, "--arm COLUMN is needed: the column that says who was treated");
  }
  if (columns.outcomes.empty()) {
    throw Error(ErrorCode::invalid_argument,
                "--outcome COLUMN is needed: what creators did during the experiment");
  }
  return columns;
}

}  // namespace perennial
