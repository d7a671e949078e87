#include "study/study_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "simulate/simulation.h"
#include "study/saved_runs.h"

namespace perennial {
namespace {

void override_run(std::int64_t& value, const std::optional<std::int64_t>& given, const char* what,
                  std::vector<std::string>& overrides) {
  if (!given || *given == value) return;
  overrides.push_back(fmt::format("{} {} instead of {}", *given, what, value));
  value = *given;
}

/// Says which language model people are who are one.
void name_language_model(SimulationOptions& options, const StudyWorld& world, const std::string& model) {
  for (const auto& [table, slot] : {std::pair<std::string, const Slot*>{"user_model", &options.user_model},
                                    {"creator_model", &options.creator_model}}) {
    if (slot->name != "llm") continue;
    if (!model.empty()) set_options(options, {{"--llm-model", table + ".model", model}});
    if (std::ranges::find(slot->settings, "model", &std::pair<std::string, FieldValue>::first) ==
        slot->settings.end()) {
      throw Error(
          ErrorCode::invalid_argument,
          fmt::format("{}: world {}: its people are a language model, and none is named; give --llm-model "
                      "NAME, as the endpoint calls it",
                      world.place, world.name));
    }
  }
}

/// The plan of one arm in one world; its errors say where it stands.
Plan plan_of(const StudyFile& file, const StudyWorld& world, const StudyArm& arm,
             const std::string& llm_model) {
  Plan plan;
  try {
    use_setting(plan.simulation, world.setting.empty() ? file.setting : world.setting);
  } catch (const Error& error) {
    throw error.at(world.setting.empty() ? file.file : world.place);
  }
  set_options(plan.simulation, file.keys);
  set_options(plan.simulation, world.keys);
  set_options(plan.simulation, arm.keys);
  name_language_model(plan.simulation, world, llm_model);
  std::erase_if(plan.simulation.policies,
                [&](const Slot& slot) { return slot.name != arm.policy.substr(0, arm.policy.find('@')); });
  plan.policies = arm.policy;
  plan.rounds = file.rounds;
  plan.seeds = file.seeds;
  plan.first_seed = file.first_seed;
  return plan;
}

/// Throws for a policy that is not there or cannot play in this world.
void try_out(const Plan& plan, const StudyArm& arm, const World& world, std::uint64_t seed) {
  try {
    policy_for(plan.simulation, world, arm.policy, seed);
  } catch (const Error& error) {
    throw error.at(fmt::format("{}: arm {}", arm.place, arm.name));
  }
}

World world_of(const Plan& plan, const StudyWorld& world, std::uint64_t seed) {
  try {
    return first_world(plan, open_world(plan.simulation.world), seed);
  } catch (const Error& error) {
    throw error.at(fmt::format("{}: world {}", world.place, world.name));
  }
}

}  // namespace

std::string StudyCell::file_stem() const {
  return fmt::format("{}-{}", fingerprint, seed);
}

std::vector<std::uint64_t> StudyPlan::seeds() const {
  return plans.front().front().seed_list();
}

StudyPlan make_study_plan(StudyFile file, const StudyOverrides& overrides) {
  StudyPlan study;
  override_run(file.rounds, overrides.rounds, "rounds", study.overrides);
  override_run(file.seeds, overrides.seeds, "seeds", study.overrides);
  override_run(file.first_seed, overrides.first_seed, "as the first seed", study.overrides);
  if (!overrides.llm_model.empty())
    study.overrides.push_back(fmt::format("language model {}", overrides.llm_model));
  std::vector<std::vector<std::string>> fingerprints;
  for (const StudyWorld& world : file.worlds) {
    auto& plans = study.plans.emplace_back();
    auto& prints = fingerprints.emplace_back();
    for (const StudyArm& arm : file.arms) {
      plans.push_back(plan_of(file, world, arm, overrides.llm_model));
      const auto seed = plans.back().seed_list().front();
      try_out(plans.back(), arm, world_of(plans.back(), world, seed), seed);
      prints.push_back(fmt::format("{}-{}", run_fingerprint(plans.back(), arm.policy), file.rounds));
    }
  }
  for (const auto seed : study.seeds()) {
    for (std::size_t w = 0; w < file.worlds.size(); ++w) {
      for (std::size_t a = 0; a < file.arms.size(); ++a)
        study.cells.push_back({w, a, study.plans[w][a], file.arms[a].policy, seed, fingerprints[w][a]});
    }
  }
  study.file = std::move(file);
  return study;
}

}  // namespace perennial
