#include "study/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/names.h"
#include "io/toml_file.h"
#include "platform/suggest/saved_policy.h"

namespace perennial {
namespace {

/// "a,b" as {"a", "b"}; an empty text as one empty piece.
std::vector<std::string> split_at_commas(const std::string& text) {
  std::vector<std::string> pieces;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto comma = std::min(text.find(',', begin), text.size());
    pieces.push_back(text.substr(begin, comma - begin));
    begin = comma + 1;
  }
  return pieces;
}

/// Hands each key to where it belongs: the tables `run`, `train`, `experiment` and `levers` here, everything else to the simulation.
void set_plan(Plan& plan, const std::vector<Given>& given) {
  const std::vector<std::pair<std::string, Fields>> tables = {{"run", plan.fields()},
                                                              {"train", plan.training_fields()},
                                                              {"experiment", plan.experiment.fields()},
                                                              {"levers", plan.levers.fields()}};
  std::vector<Given> rest;
  for (const auto& g : given) {
    const auto dot = std::min(g.key.find('.'), g.key.size());
    const auto name = g.key.substr(0, dot);
    const auto table = std::ranges::find(tables, name, &std::pair<std::string, Fields>::first);
    if (dot == g.key.size() || table == tables.end()) {
      rest.push_back(g);
      continue;
    }
    table->second.set(fmt::format("{}: {}", g.place, name), g.key.substr(dot + 1), g.value);
  }
  set_options(plan.simulation, rest, {"run", "train", "experiment", "levers"});
}

}  // namespace

Fields Plan::fields() {
  Fields fields;
  fields.text("policies", policies, "suggestion policies to play, with commas between")
      .integer("rounds", rounds, {1, 1'000'000}, "rounds per run")
      .integer("seeds", seeds, {1, 100'000}, "runs per policy, each with its own seed")
      .integer("first_seed", first_seed, {0, 4e18}, "the first of them; the others follow it");
  return fields;
}

Fields Plan::training_fields() {
  Fields fields;
  fields.text("from_logs", from_logs,
              "train only: folders of logs to imitate before the first round, with commas between");
  return fields;
}

std::vector<std::string> Plan::policy_names() const {
  std::vector<std::string> names;
  for (auto& name : split_at_commas(policies)) {
    parse_policy_name(name);
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("policies = \"{}\": '{}' stands there twice", policies, name));
    }
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::filesystem::path> Plan::log_folders() const {
  std::vector<std::filesystem::path> folders;
  if (from_logs.empty()) return folders;
  for (const auto& name : split_at_commas(from_logs)) {
    if (name.empty()) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("train.from_logs = \"{}\": a folder's name is missing before or after a comma",
                              from_logs));
    }
    folders.emplace_back(name);
  }
  return folders;
}

std::vector<std::uint64_t> Plan::seed_list() const {
  std::vector<std::uint64_t> list;
  for (std::int64_t i = 0; i < seeds; ++i) list.push_back(static_cast<std::uint64_t>(first_seed + i));
  return list;
}

Plan make_plan(const std::string& setting, const std::filesystem::path& config,
               const std::vector<Given>& given, const std::vector<Given>& defaults) {
  Plan plan;
  set_plan(plan, defaults);
  std::string chosen = setting;
  std::vector<Given> from_file;
  if (!config.empty()) {
    const auto file = read_toml(config);
    for (const auto& entry : file.entries) {
      const auto value = file.single_value(entry);
      if (entry.key != "setting") {
        from_file.push_back({file.place(entry), entry.key, value});
        continue;
      }
      const auto* name = std::get_if<std::string>(&value);
      if (!name)
        throw Error(ErrorCode::invalid_argument,
                    fmt::format("{}: setting must be a name in quotes", file.place(entry)));
      if (chosen.empty()) chosen = *name;
    }
  }
  use_setting(plan.simulation, chosen.empty() ? "lockin" : chosen);
  set_plan(plan, from_file);
  set_plan(plan, given);
  for (const auto& name : plan.policy_names()) {
    const auto policy = parse_policy_name(name);
    if (!policy.folder.empty()) load_policy(policy.folder);
  }
  plan.log_folders();
  return plan;
}

World first_world(const Plan& plan, const WorldSource& source, std::uint64_t seed) {
  const auto& simulation = plan.simulation;
  if (simulation.everyone) return source.make(0, 0, seed);
  return source.make(static_cast<std::size_t>(simulation.users),
                     static_cast<std::size_t>(simulation.creators), seed);
}

std::string to_toml(const Plan& plan) {
  Plan copy = plan;
  std::string text = fmt::format("setting = {}\n\n[run]\n", toml_string(plan.simulation.setting));
  for (const auto& field : copy.fields().all())
    text += fmt::format("{} = {}\n", field.name, to_toml(Fields::value(field)));
  if (!plan.from_logs.empty())
    text += fmt::format("\n[train]\nfrom_logs = {}\n", toml_string(plan.from_logs));
  std::string table;
  for (const auto& [key, value, help] : effective(plan.simulation)) {
    const auto dot = key.rfind('.');
    if (key.substr(0, dot) != table) text += fmt::format("\n[{}]\n", table = key.substr(0, dot));
    const auto* words = std::get_if<std::string>(&value);
    text += fmt::format("{} = {}\n", key.substr(dot + 1), words ? toml_string(*words) : to_toml(value));
  }
  return text;
}

std::string experiment_toml(const Plan& plan) {
  ExperimentSettings copy = plan.experiment;
  std::string text = "\n[experiment]\n";
  for (const auto& field : copy.fields().all())
    text += fmt::format("{} = {}\n", field.name, to_toml(Fields::value(field)));
  return text;
}

}  // namespace perennial
