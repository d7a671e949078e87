#include "study/run_moment.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstdint>

#include "base/error.h"

namespace perennial {
namespace {

RecordedRun new_run(const FolderRun& run, const World& world, Resources resources) {
  return {run.plan.simulation, world, run.cell.policy, run.cell.seed, resources};
}

void require_round(const FolderRun& run, std::uint32_t round) {
  if (round >= 1 && round <= run.plan.rounds) return;
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("--at {}: must be a round of {}, from 1 to {}{}", round, run.folder.string(),
                  run.plan.rounds,
                  round == 0 ? ""
                             : fmt::format("; a longer run: perennial simulate --resume {} --rounds {}",
                                           run.folder.string(), round)));
}

/// Bit by bit: a replay is the run itself.
bool same_round(const RoundMetrics& a, const RoundMetrics& b) {
  using Bits = std::array<std::uint64_t, metric_count>;
  return std::bit_cast<Bits>(a) == std::bit_cast<Bits>(b);
}

[[noreturn]] void refuse_branch(const FolderRun& run, std::uint32_t round) {
  throw Error(
      ErrorCode::invalid_data,
      fmt::format("{}: round {} comes out otherwise when it is played again, since the run branched off "
                  "another one (simulate --fork); only rounds from {} on can be forked",
                  run.folder.string(), round, run.saved.round));
}

/// Plays the run again from its first round. False when stopped.
bool play_again(const FolderRun& run, const std::vector<RoundMetrics>& measured, RecordedRun& again,
                std::uint32_t round, const std::function<bool()>& after_round) {
  return again.play(round, [&] {
    if (!same_round(again.latest(), measured[again.round() - 1])) refuse_branch(run, again.round());
    return after_round();
  });
}

RunMoment describe(const FolderRun& run, const World& world, RecordedRun& at) {
  Archive memory;
  at.policy().persist(memory);
  return {.plan = run.plan,
          .cell = run.cell,
          .world = world,
          .round = at.round(),
          .so_far = at.result(),
          .totals = genre_totals(at.ecosystem()),
          .platform = at.platform(),
          .memory = memory.bytes()};
}

}  // namespace

FolderRun open_run(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder))
    throw Error(ErrorCode::not_found, fmt::format("{}: no such folder", folder.string()));
  if (!std::filesystem::exists(folder / run_state_file)) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: holds no saved run ({}); make one with: perennial simulate --out DIR",
                            folder.string(), run_state_file));
  }
  Plan plan = make_plan("", folder / "config.toml", {});
  const Cell cell{plan.policy_names().front(), plan.seed_list().front()};
  auto saved = load_run(folder / run_state_file, plan, cell);
  return {folder, std::move(plan), cell, std::move(*saved)};
}

GenreTotals genre_totals(const Ecosystem& ecosystem) {
  GenreTotals totals;
  for (const auto& genre : ecosystem.tables.genre)
    totals.clicks.push_back(static_cast<double>(genre.clicked));
  totals.items.assign(ecosystem.tables.made.begin(), ecosystem.tables.made.end());
  return totals;
}

std::uint64_t rounds_to_reach(const FolderRun& run, std::uint32_t round) {
  return round >= run.saved.round ? round - run.saved.round : round;
}

std::optional<RunMoment> moment_of(FolderRun& run, const World& world, std::uint32_t round,
                                   Resources resources, const std::function<bool()>& after_round) {
  require_round(run, round);
  auto saved = new_run(run, world, resources);
  saved.persist(run.saved.state);
  if (round >= run.saved.round) {
    if (!saved.play(round, after_round)) return std::nullopt;
    return describe(run, world, saved);
  }
  auto again = new_run(run, world, resources);
  if (!play_again(run, saved.result().rounds, again, round, after_round)) return std::nullopt;
  return describe(run, world, again);
}

}  // namespace perennial
