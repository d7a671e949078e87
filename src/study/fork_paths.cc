#include "study/fork_paths.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <cmath>

#include "study/describe.h"
#include "study/stop_sign.h"

namespace perennial {
namespace {

/// What one path in one future came to, since the fork.
struct Played {
  RunResult result;
  GenreTotals totals;
};

/// Rounds after the fork, with the sums over rounds counted from there.
std::vector<RoundMetrics> rounds_since(const std::vector<RoundMetrics>& rounds, const RunMoment& moment) {
  const RoundMetrics& last = moment.so_far.rounds.back();
  const double weight = std::pow(moment.plan.simulation.platform.discount, moment.round);
  std::vector<RoundMetrics> since(rounds.begin() + moment.round, rounds.end());
  for (RoundMetrics& metrics : since) {
    at(metrics, Metric::cumulative_clicks) -= at(last, Metric::cumulative_clicks);
    at(metrics, Metric::discounted_value) -= at(last, Metric::discounted_value);
    if (weight > 0) at(metrics, Metric::discounted_value) /= weight;
  }
  return since;
}

std::vector<CreatorOutcome> creators_since(std::vector<CreatorOutcome> creators, const RunMoment& moment) {
  const auto& before = moment.so_far.creators;
  for (std::size_t c = 0; c < before.size(); ++c) {
    creators[c].items -= before[c].items;
    creators[c].impressions -= before[c].impressions;
    creators[c].clicks -= before[c].clicks;
  }
  return creators;
}

GenreTotals totals_since(GenreTotals totals, const GenreTotals& before) {
  for (std::size_t g = 0; g < before.items.size(); ++g) {
    totals.items[g] -= before.items[g];
    totals.clicks[g] -= before.clicks[g];
  }
  return totals;
}

/// Nothing when stopped.
std::optional<Played> play_path(const RunMoment& moment, const std::string& policy, std::uint64_t future,
                                std::uint32_t rounds, const PathControl& control, StopSign& sign,
                                Workers& workers) {
  RecordedRun run(moment.plan.simulation, moment.world, policy, moment.cell.seed, {workers, control.chat});
  run.fork_from(moment.so_far.rounds, moment.platform);
  if (policy == moment.cell.policy) {
    Archive memory(moment.memory);
    run.policy().persist(memory);
  }
  run.reseed(future);
  const auto after_round = [&] {
    if (control.played) control.played(1);
  };
  if (!sign.play(run, moment.round + rounds, after_round, {})) return std::nullopt;
  RunResult result = run.result();
  result.user_answers -= moment.so_far.user_answers;
  result.creator_answers -= moment.so_far.creator_answers;
  result.rounds = rounds_since(result.rounds, moment);
  result.creators = creators_since(std::move(result.creators), moment);
  return Played{std::move(result), totals_since(genre_totals(run.ecosystem()), moment.totals)};
}

/// The paths without what they came to.
ForkedPaths describe(const RunMoment& moment, const PathPlan& plan) {
  Plan of_paths = moment.plan;
  of_paths.policies = fmt::format("{}", fmt::join(plan.policies, ","));
  of_paths.rounds = plan.rounds;
  ForkedPaths forked{.run = {},
                     .run_policy = moment.cell.policy,
                     .at = moment.round,
                     .past = moment.so_far.rounds,
                     .paths = describe_comparison(of_paths, moment.world),
                     .totals = {}};
  Comparison& paths = forked.paths;
  paths.command = "fork";
  paths.seeds.clear();
  for (std::size_t f = 0; f < plan.futures; ++f) paths.seeds.push_back(future_seed(moment.cell.seed, f));
  for (ComparedPolicy& policy : paths.policies) {
    policy.summary += policy.name == moment.cell.policy
                          ? "; the run's own, goes on with what it has learned and counted"
                          : "; takes over here, new to the platform";
  }
  return forked;
}

}  // namespace

std::uint64_t future_seed(std::uint64_t run_seed, std::size_t future) {
  constexpr std::uint64_t apart = 7'000'021;  // from the seeds of any comparison
  return future == 0 ? run_seed : run_seed + apart + future;
}

std::optional<ForkedPaths> play_paths(const RunMoment& moment, const PathPlan& plan,
                                      const PathControl& control) {
  const auto start = std::chrono::steady_clock::now();
  for (const auto& policy : plan.policies)
    policy_for(moment.plan.simulation, moment.world, policy, moment.cell.seed);
  ForkedPaths forked = describe(moment, plan);
  auto& paths = forked.paths;
  const std::size_t count = plan.policies.size();
  std::vector<std::optional<Played>> played(count * plan.futures);
  Workers workers(control.threads);
  StopSign sign(control.stop);
  workers.for_blocks(played.size(), 1, [&](std::size_t i, std::size_t) {
    if (sign.raised()) return;
    played[i] = play_path(moment, plan.policies[i % count], paths.seeds[i / count], plan.rounds, control,
                          sign, workers);
  });
  forked.totals.resize(count);
  for (std::size_t i = 0; i < played.size(); ++i) {
    if (!played[i]) return std::nullopt;
    paths.policies[i % count].runs.push_back(std::move(played[i]->result));
    forked.totals[i % count].push_back(std::move(played[i]->totals));
  }
  total_up(paths);
  paths.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return forked;
}

}  // namespace perennial
