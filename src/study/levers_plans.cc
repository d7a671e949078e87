#include "study/levers_plans.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "io/toml_file.h"

namespace perennial {
namespace {

/// What the study plays where neither setting nor user says otherwise. A setting with a response of its own wins.
const std::vector<Given>& study_defaults() {
  static const std::vector<Given> keys = {
      {"study", "run.rounds", std::int64_t{150}},      {"study", "world.users", std::int64_t{600}},
      {"study", "world.creators", std::int64_t{1200}}, {"study", "response.sensitivity_mean", 0.6},
      {"study", "response.sensitivity_spread", 0.3},   {"study", "response.explained", 0.6},
      {"study", "response.half_saturation", 1.5}};
  return keys;
}

std::string lines_of(Fields fields) {
  std::string text;
  for (const auto& field : std::move(fields).all())
    text += fmt::format("{} = {}\n", field.name, to_toml(Fields::value(field)));
  return text;
}

bool of_the_plan(const std::string& key) {
  return key.starts_with("run.") || key.starts_with("levers.");
}

/// The platform's keys that were given, the last of each, by table.
std::map<std::string, std::map<std::string, FieldValue>> given_tables(const std::filesystem::path& config,
                                                                      const std::vector<Given>& given) {
  std::map<std::string, std::map<std::string, FieldValue>> tables;
  const auto add = [&](const std::string& key, const FieldValue& value) {
    const auto dot = key.rfind('.');
    if (!of_the_plan(key)) tables[key.substr(0, dot)][key.substr(dot + 1)] = value;
  };
  if (!config.empty()) {
    for (const auto& entry : read_toml(config).entries) add(entry.key, entry.values.front());
  }
  for (const auto& [place, key, value] : given) add(key, value);
  return tables;
}

void refuse_a_setting(const std::filesystem::path& config) {
  if (config.empty()) return;
  const auto file = read_toml(config);
  for (const auto& entry : file.entries) {
    if (entry.key == "setting")
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("{}: setting: study levers plays in several; name them in levers.environments",
                              file.place(entry)));
  }
}

}  // namespace

std::vector<Plan> lever_plans(const std::filesystem::path& config, const std::vector<Given>& given) {
  refuse_a_setting(config);
  const Plan any = make_plan("", config, given, study_defaults());
  std::vector<Plan> plans;
  for (const auto& environment : any.levers.environment_list())
    plans.push_back(make_plan(environment, config, given, study_defaults()));
  return plans;
}

std::string levers_toml(const Plan& plan, const std::filesystem::path& config,
                        const std::vector<Given>& given) {
  Plan copy = plan;
  auto text = fmt::format("[run]\n{}\n[levers]\n{}", lines_of(copy.fields()), lines_of(copy.levers.fields()));
  for (const auto& [table, keys] : given_tables(config, given)) {
    text += fmt::format("\n[{}]\n", table);
    for (const auto& [key, value] : keys) {
      const auto* words = std::get_if<std::string>(&value);
      text += fmt::format("{} = {}\n", key, words ? toml_string(*words) : to_toml(value));
    }
  }
  return text;
}

}  // namespace perennial
