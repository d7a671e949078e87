#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/plan_flags.h"
#include "people/creators/creator_models.h"
#include "people/users/user_models.h"
#include "platform/incentive/incentives.h"
#include "platform/recommend/recommenders.h"
#include "platform/rerank/rerankers.h"
#include "platform/suggest/suggestion_policies.h"

namespace perennial {
namespace {

template <class Interface>
void print_plugins(const char* title, std::span<const Plugin<Interface>> list) {
  fmt::print("\n{}\n", title);
  for (const auto& plugin : list) {
    fmt::print("  {:<20} {}{}\n", plugin.name, plugin.summary, plugin.uses_truth ? " (uses the truth)" : "");
  }
}

void print_settings(const PlanFlags& flags) {
  fmt::print("Settings (--setting)\n");
  for (const auto& [name, summary] : built_in_settings()) fmt::print("  {:<20} {}\n", name, summary);
  print_plugins("Policies (--policies)", suggestion_policies());
  print_plugins("Rankers (--recommender)", recommenders());
  print_plugins("Re-rankers (--reranker)", rerankers());
  print_plugins("Incentives (--incentive)", incentives());
  print_plugins("Creator models (--creator-model)", creator_models());
  print_plugins("User models (--set user_model.name=)", user_models());
  Plan plan = flags.plan();
  fmt::print("\nKeys (--set key=value, or in a --config file), with their values in '{}'\n",
             plan.simulation.setting);
  const auto print_key = [](const std::string& key, const FieldValue& value, const std::string& help) {
    fmt::print("  {:<34} {:<12} {}\n", key, to_toml(value), help);
  };
  for (const auto& field : plan.fields().all())
    print_key("run." + field.name, Fields::value(field), field.help);
  for (const auto& field : plan.training_fields().all())
    print_key("train." + field.name, Fields::value(field), field.help);
  for (const auto& [key, value, help] : effective(plan.simulation)) print_key(key, value, help);
}

}  // namespace

void add_settings_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "settings", "Lists settings, policies, rankers, re-rankers, models and every key with its value");
  auto flags = std::make_shared<PlanFlags>();
  flags->add_to(*command);
  command->footer(
      "\nExamples:\n"
      "  perennial settings\n"
      "  perennial settings --setting craft --recommender mf\n");
  command->callback([flags] { print_settings(*flags); });
}

}  // namespace perennial
