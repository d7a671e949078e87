#pragma once

#include "io/temporary_folder.h"
#include "study/run_moment.h"

namespace perennial {

/// A small platform's plan: few people, everything else as in the setting, and `changes`.
inline Plan few_people(const std::string& setting, const std::string& policy, std::int64_t rounds,
                       std::vector<Given> changes = {}) {
  changes.push_back({"test", "world.users", std::int64_t{40}});
  changes.push_back({"test", "world.creators", std::int64_t{20}});
  changes.push_back({"test", "run.policies", policy});
  Plan plan = make_plan(setting, {}, changes);
  plan.rounds = rounds;
  plan.seeds = 1;
  plan.first_seed = 2000;
  return plan;
}

/// A run as `perennial simulate` leaves it, played up to some round of its plan, in a folder that goes with the test.
class LeftRun {
 public:
  LeftRun(const Plan& plan, std::uint32_t played)
      : plan_(plan),
        cell_{plan.policy_names().front(), plan.seed_list().front()},
        world_(first_world(plan, open_world(plan.simulation.world), cell_.seed)) {
    RecordedRun run = begun();
    run.play(played, [] { return true; });
    save(run);
  }

  /// The run before its first round.
  RecordedRun begun() { return {plan_.simulation, world_, cell_.policy, cell_.seed, workers_}; }

  void save(RecordedRun& run) {
    Archive state;
    run.persist(state);
    save_run(folder_ / run_state_file, plan_, cell_, run.round(), std::move(state));
    folder_.write("config.toml", to_toml(plan_));
  }

  RunMoment at(std::uint32_t round) {
    auto opened = open_run(folder_.path());
    return *moment_of(opened, world_, round, workers_, [] { return true; });
  }

  const World& world() const { return world_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  Workers& workers() { return workers_; }

 private:
  TemporaryFolder folder_;
  Plan plan_;
  Cell cell_;
  World world_;
  Workers workers_;
};

}  // namespace perennial
