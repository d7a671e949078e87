#include "study/compare.h"

#include <chrono>

#include "base/parallel.h"
#include "study/describe.h"
#include "study/recorded_run.h"
#include "study/saved_runs.h"
#include "study/stop_sign.h"

namespace perennial {
namespace {

std::vector<Cell> cells_of(const Plan& plan) {
  std::vector<Cell> cells;
  for (const auto seed : plan.seed_list()) {
    for (const auto& policy : plan.policy_names()) cells.push_back({policy, seed});
  }
  return cells;
}

std::filesystem::path saved_path(const CompareControl& control, const Cell& cell) {
  return control.saved_runs.empty() ? std::filesystem::path() : saved_run_path(control.saved_runs, cell);
}

/// Finds out whether every policy can play there before any round is.
Comparison without_runs(const Plan& plan, const WorldSource& source) {
  const auto seed = plan.seed_list().front();
  const World world = first_world(plan, source, seed);
  for (const auto& policy : plan.policy_names()) policy_for(plan.simulation, world, policy, seed);
  return describe_comparison(plan, world);
}

/// Plays one run to its end or to a stop and saves it, so that neither a stop nor a crash loses it. Nothing when stopped.
std::optional<RunResult> play_cell(const Plan& plan, const Cell& cell, const WorldSource& source,
                                   const CompareControl& control, StopSign& sign, Workers& workers) {
  RecordedRun run(plan.simulation, first_world(plan, source, cell.seed), cell.policy, cell.seed,
                  {workers, control.chat});
  const auto path = saved_path(control, cell);
  if (!path.empty()) {
    if (auto saved = load_run(path, plan, cell)) run.persist(saved->state);
  }
  const auto after_round = [&] {
    if (control.played) control.played(1);
  };
  const auto save = [&, before = run.round()] {
    if (path.empty() || run.round() == before) return;
    Archive state;
    run.persist(state);
    save_run(path, plan, cell, run.round(), std::move(state));
  };
  const bool finished = sign.play(run, static_cast<std::uint32_t>(plan.rounds), after_round, save);
  return finished ? std::optional(run.result()) : std::nullopt;
}

}  // namespace

std::uint64_t rounds_to_play(const Plan& plan, const std::filesystem::path& saved_runs) {
  std::uint64_t rounds = 0;
  for (const auto& cell : cells_of(plan)) {
    const auto saved =
        saved_runs.empty() ? std::nullopt : load_run(saved_run_path(saved_runs, cell), plan, cell);
    const auto played = saved ? std::int64_t{saved->round} : 0;
    rounds += static_cast<std::uint64_t>(std::max<std::int64_t>(0, plan.rounds - played));
  }
  return rounds;
}

std::optional<Comparison> compare(const Plan& plan, const WorldSource& source,
                                  const CompareControl& control) {
  const auto start = std::chrono::steady_clock::now();
  Comparison comparison = without_runs(plan, source);
  const auto cells = cells_of(plan);
  std::vector<std::optional<RunResult>> results(cells.size());
  Workers workers(control.threads);
  StopSign sign(control.stop);
  workers.for_blocks(cells.size(), 1, [&](std::size_t i, std::size_t) {
    results[i] = play_cell(plan, cells[i], source, control, sign, workers);
  });
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!results[i]) return std::nullopt;
    comparison.policies[i % comparison.policies.size()].runs.push_back(std::move(*results[i]));
  }
  total_up(comparison);
  comparison.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return comparison;
}

}  // namespace perennial
