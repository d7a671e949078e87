// How well each ranker tells the next rounds' clicks from skips, and what it costs: area under the curve per user
// (next_clicks_for_tests.h) over rounds 51 to 100 of the default platform, means over seeds 1 to range(0) with 95% intervals.
//
//   build/release/bin/ranker_quality_bench

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "simulate/next_clicks_for_tests.h"

namespace perennial {
namespace {

SimulationOptions platform_of(const std::string& recommender) {
  SimulationOptions options;
  use_setting(options, "lockin");
  set_options(options, {{"bench", "recommender.name", recommender}});
  return options;
}

/// A mean over seeds with the half width of its 95% interval.
void report(benchmark::State& state, const std::string& name, const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (const double v : values) mean += v / n;
  for (const double v : values) squares += (v - mean) * (v - mean);
  state.counters[name] = mean;
  if (values.size() < 2) return;
  const boost::math::students_t law(n - 1);
  state.counters[name + "_half"] = boost::math::quantile(law, 0.975) * std::sqrt(squares / (n - 1) / n);
}

/// All rankers on the slates of `behaviour`.
void NextClicks(benchmark::State& state, const std::string& behaviour) {
  const std::vector<std::string> names = {"popularity", "content", "mf", "bpr", "din"};
  std::vector<std::vector<double>> aucs(names.size()), leads(names.size());
  for (auto _ : state) {
    for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(state.range(0)); ++seed) {
      std::vector<Onlooker> onlookers;
      for (const auto& name : names) onlookers.push_back({name, {}, nullptr, {}});
      judge_next_clicks(platform_of(behaviour), seed, 100, 50, onlookers);
      for (std::size_t i = 0; i < names.size(); ++i) {
        aucs[i].push_back(onlookers[i].auc.value());
        leads[i].push_back(onlookers[i].auc.value() - onlookers[1].auc.value());
      }
    }
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    report(state, names[i], aucs[i]);
    if (names[i] != "content") report(state, names[i] + "_minus_content", leads[i]);
  }
}
BENCHMARK_CAPTURE(NextClicks, on_slates_of_random, "random")->Arg(4)->Iterations(1)->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(NextClicks, on_slates_of_content, "content")
    ->Arg(4)
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

/// Each ranker alone: on its own slates, and the clicks it brings per round.
void OwnSlates(benchmark::State& state, const std::string& name) {
  std::vector<double> aucs, clicks;
  Workers workers(1);
  const WorldSource source = open_world("youtube");
  for (auto _ : state) {
    for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(state.range(0)); ++seed) {
      Simulation simulation(platform_of(name), source.make(100, 50, seed), "silent", seed, workers);
      ClickAuc auc;
      double clicked = 0;
      for (int round = 1; round <= 100; ++round) {
        const auto metrics = simulation.play_round();
        if (round <= 50) continue;
        clicked += at(metrics, Metric::clicks) / 50;
        const RoundLog& log = simulation.ecosystem().log;
        for (std::size_t row = 0; row < log.shown.rows(); ++row) {
          for (std::size_t place = 0; place < log.shown.width && log.shown.row(row)[place] != no_item;
               ++place)
            auc.add(log.active_users[row], log.shown.row_scores(row)[place],
                    log.clicked[row * log.shown.width + place] != 0);
        }
        if (round % 5 == 0) auc.close();
      }
      aucs.push_back(auc.value());
      clicks.push_back(clicked);
    }
  }
  report(state, "auc", aucs);
  report(state, "clicks", clicks);
}
BENCHMARK_CAPTURE(OwnSlates, random, "random")->Arg(4)->Iterations(1)->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(OwnSlates, popularity, "popularity")->Arg(4)->Iterations(1)->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(OwnSlates, content, "content")->Arg(4)->Iterations(1)->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(OwnSlates, mf, "mf")->Arg(4)->Iterations(1)->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(OwnSlates, bpr, "bpr")->Arg(4)->Iterations(1)->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(OwnSlates, din, "din")->Arg(4)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace perennial
