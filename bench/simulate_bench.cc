// Whole rounds of a simulated platform: impressions per CPU second by size, and how a round grows with candidates.
//
//   build/release/bin/simulate_bench
//   /usr/bin/time -v build/release/bin/simulate_bench --benchmark_filter=Million     (peak memory)

#include <benchmark/benchmark.h>

#include "simulate/simulation.h"
#include "world/catalogue.h"

namespace perennial {
namespace {

/// Nobody leaves, so that every round is of the same size.
SimulationOptions steady_options() {
  SimulationOptions options;
  use_setting(options, "open");
  options.leaving.after = 0;
  return options;
}

double rank_seconds(const Simulation& simulation) {
  return simulation.seconds()[static_cast<std::size_t>(Phase::rank)];
}

/// Plays rounds on a platform of range(0) users and range(1) creators that has been running for `warm` rounds.
void play_rounds(benchmark::State& state, std::size_t threads, int warm) {
  Workers workers(threads);
  const auto users = static_cast<std::size_t>(state.range(0)),
             creators = static_cast<std::size_t>(state.range(1));
  Simulation simulation(steady_options(), load_world("youtube", users, creators, 1), "silent", 1, workers);
  for (int round = 0; round < warm; ++round) simulation.play_round();
  double impressions = 0, candidates = 0;
  const double rank_seconds_before = rank_seconds(simulation);
  for (auto _ : state) {
    impressions += at(simulation.play_round(), Metric::impressions);
    candidates += static_cast<double>(simulation.ecosystem().candidates.size());
  }
  state.counters["rank_us"] =
      1e6 * (rank_seconds(simulation) - rank_seconds_before) / static_cast<double>(state.iterations());
  state.counters["impressions/s"] = benchmark::Counter(impressions, benchmark::Counter::kIsRate);
  state.counters["candidates"] = candidates / static_cast<double>(state.iterations());
}

/// A comparison makes a world for every run.
void SmallWorld(benchmark::State& state) {
  const auto source = open_world("youtube");
  std::uint64_t seed = 0;
  for (auto _ : state) benchmark::DoNotOptimize(source.make(100, 50, ++seed));
}
BENCHMARK(SmallWorld)->Unit(benchmark::kMicrosecond);

void ContentRound(benchmark::State& state) {
  play_rounds(state, 1, 12);
}
BENCHMARK(ContentRound)->Args({100, 50})->Args({1000, 1000})->Unit(benchmark::kMicrosecond);

/// More creators make more items, which costs in other phases: rank_us is what candidates cost the ranker.
void ContentRoundByCandidates(benchmark::State& state) {
  play_rounds(state, 1, 12);
}
BENCHMARK(ContentRoundByCandidates)
    ->ArgsProduct({{1000}, {500, 1000, 2000, 4000, 8000}})
    ->Unit(benchmark::kMicrosecond);

void ContentRoundByUsers(benchmark::State& state) {
  play_rounds(state, 1, 12);
}
BENCHMARK(ContentRoundByUsers)
    ->ArgsProduct({{500, 1000, 2000, 4000, 8000}, {1000}})
    ->Unit(benchmark::kMicrosecond);

void MillionUsers(benchmark::State& state) {
  play_rounds(state, 2, 12);
}
BENCHMARK(MillionUsers)
    ->Args({1'000'000, 100'000})
    ->Iterations(10)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace perennial
