#include "study/levers_study.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "base/error.h"
#include "io/hash.h"
#include "study/levers_parts.h"

namespace perennial {
namespace {

/// The plan with somebody who boosts.
Plan with_boost(const Plan& plan) {
  if (!plan.simulation.response.on()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("study levers: nobody's posts respond to engagement in '{}'; give "
                            "response.sensitivity_mean",
                            plan.simulation.setting));
  }
  Plan boosted = plan;
  boosted.simulation.reranker = {"boost", {{"shortlist", plan.levers.shortlist}}};
  return boosted;
}

LeverEnvironment described(const Plan& plan, const World& world) {
  LeverEnvironment environment;
  environment.name = plan.simulation.setting;
  environment.recommender = plan.simulation.recommender.name;
  environment.users = world.users.size();
  environment.creators = world.creators.size();
  environment.slate = static_cast<std::size_t>(plan.simulation.platform.slate);
  for (const auto& [key, value, help] : effective(plan.simulation))
    environment.settings.emplace_back(key, to_toml(value));
  return environment;
}

/// Refuses, before any round is played, what would be refused after many.
std::vector<Plan> checked(const std::vector<Plan>& environments, const WorldSource& source) {
  std::vector<Plan> plans;
  for (const Plan& plan : environments) {
    plans.push_back(with_boost(plan));
    const auto seed = static_cast<std::uint64_t>(plan.first_seed);
    const World world = first_world(plan, source, seed);
    for (const auto& policy : {plan.levers.suggest, plan.levers.unlearned})
      policy_for(plan.simulation, world, policy, seed);
  }
  return plans;
}

std::string hash_of(const LeversStudy& study) {
  std::uint64_t hash = 0;
  const auto add = [&](std::span<const double> values) { hash = hash_bytes(std::as_bytes(values), hash); };
  for (const auto& environment : study.environments) {
    for (const auto& seed : environment.seeds) {
      add(seed.clicks_before);
      for (const auto& path : seed.paths) {
        add(path.measures);
        add(path.clicks);
        add(path.posts);
      }
    }
  }
  return hash_text(hash);
}

}  // namespace

std::uint64_t rounds_of_levers(const Plan& plan) {
  const auto of_seed = plan.levers.warm_up + plan.levers.experiment_rounds +
                       static_cast<std::int64_t>(lever_paths.size()) * plan.rounds;
  return static_cast<std::uint64_t>(plan.seeds * of_seed) * plan.levers.environment_list().size();
}

LeversStudy study_levers(const std::vector<Plan>& environments, const WorldSource& source,
                         const ExperimentStudyControl& control) {
  const auto start = std::chrono::steady_clock::now();
  const auto plans = checked(environments, source);
  LeversStudy study;
  study.levers = plans.front().levers;
  study.rounds = plans.front().rounds;
  study.seeds = plans.front().seed_list();
  const std::size_t seeds = study.seeds.size();
  for (const Plan& plan : plans) {
    const World world = first_world(plan, source, study.seeds.front());
    study.world = world.name;
    study.environments.push_back(described(plan, world));
    study.environments.back().seeds.resize(seeds);
  }
  Workers workers(control.threads);
  workers.for_blocks(plans.size() * seeds, 1, [&](std::size_t i, std::size_t) {
    study.environments[i / seeds].seeds[i % seeds] =
        play_levers(plans[i / seeds], source, study.seeds[i % seeds], workers, control.played);
  });
  for (auto& environment : study.environments) {
    environment.contrasts = contrasts_of(environment.seeds);
    environment.power = power_of_experiments(environment.seeds);
  }
  study.result_hash = hash_of(study);
  study.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return study;
}

}  // namespace perennial
