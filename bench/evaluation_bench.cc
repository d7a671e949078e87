// Judging a score on held-out creators, without placebo fits: everything that needs only numbers, by creators.
//
//   build/release/bin/evaluation_bench
//   /usr/bin/time -v build/release/bin/evaluation_bench --benchmark_filter=Whole/1000000     (peak memory)

#include <benchmark/benchmark.h>

#include <algorithm>
#include <vector>

#include "base/random.h"
#include "respond/evaluation/score_evaluation.h"
#include "respond/statistics/quantile.h"

namespace perennial {
namespace {

/// An experiment on `creators` whose effects lie a little apart, with a score that half knows them.
struct Made {
  std::vector<double> outcome, score, control, treated_model;
  std::vector<std::uint8_t> treated;
  std::vector<std::uint32_t> clusters;

  explicit Made(std::uint32_t creators) {
    const Draws draws(1, Purpose::world);
    for (std::uint32_t i = 0; i < creators; ++i) {
      const double effect = 0.1 + 0.05 * draws.normal(i), base = draws.normal(i, 1);
      treated.push_back(draws.coin(0.5, i, 2));
      outcome.push_back(base + draws.normal(i, 3) + (treated.back() != 0 ? effect : 0));
      score.push_back(effect + 0.05 * draws.normal(i, 4));
      control.push_back(base);
      treated_model.push_back(base + score.back());
      clusters.push_back(i / 10);
    }
  }

  EvaluationData data(bool clustered) const {
    EvaluationData data{.units = {outcome, treated, clustered ? Clusters(clusters) : Clusters()},
                        .propensity = 0.5,
                        .score = score,
                        .order = {},
                        .control_outcome = control,
                        .treated_outcome = treated_model,
                        .cuts = {}};
    const auto cuts = quantiles(score, high_low_shares);
    std::copy(cuts.begin(), cuts.end(), data.cuts.begin());
    return data;
  }
};

void evaluate(benchmark::State& state, std::size_t replicates, bool clustered) {
  const Made made(static_cast<std::uint32_t>(state.range(0)));
  Workers workers(static_cast<std::size_t>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(evaluate_score(made.data(clustered), replicates, 1, workers));
}

void Whole(benchmark::State& state) {
  evaluate(state, 200, false);
}
BENCHMARK(Whole)
    ->ArgsProduct({{10'000, 100'000, 1'000'000}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void Clustered(benchmark::State& state) {
  evaluate(state, 200, true);
}
BENCHMARK(Clustered)->Args({1'000'000, 2})->UseRealTime()->Unit(benchmark::kMillisecond);

void WithoutHalfSamples(benchmark::State& state) {
  evaluate(state, 0, false);
}
BENCHMARK(WithoutHalfSamples)->Args({1'000'000, 1})->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace perennial
