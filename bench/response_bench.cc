#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xgboost/c_api.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>

#include "respond/learners/booster.h"
#include "respond/learners/known_truth_for_tests.h"
#include "respond/learners/learners.h"

namespace perennial {
namespace {

constexpr std::size_t paper_creators = 242083;
constexpr std::int64_t rounds = 20;

/// 58 numbers, a boolean and a category: 60 features. 75% zeros, coefficient of variation about 5.
const KnownTruth& truth_of(std::size_t creators) {
  static std::map<std::size_t, KnownTruth> made;
  auto found = made.find(creators);
  if (found == made.end())
    found = made.emplace(creators, make_known_truth({.creators = creators, .numbers = 58})).first;
  return found->second;
}

/// `parts`: 1 gives three boosters on all creators, the default six on half of them each.
LearnerOptions fixed_rounds(std::size_t threads, std::int64_t parts) {
  LearnerOptions options;
  options.parts = parts;
  options.trees.rounds = rounds;
  options.trees.patience = 0;
  options.threads = threads;
  return options;
}

std::unique_ptr<LearnedResponse> fit(const KnownTruth& truth, const LearnerOptions& options) {
  const auto rows = truth.all_rows();
  const auto outcome = truth.log_outcome();
  return fit_response_model({.schema = truth.table.schema,
                             .features = *truth.table.features,
                             .rows = rows,
                             .treated = truth.treated,
                             .outcome = outcome,
                             .propensity = truth.propensity},
                            options);
}

/// Three models, 20 rounds each, without early stopping. Arguments: threads, parts.
void FitThreeModel(benchmark::State& state) {
  const auto& truth = truth_of(paper_creators);
  const auto options = fixed_rounds(static_cast<std::size_t>(state.range(0)), state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(fit(truth, options));
}
BENCHMARK(FitThreeModel)
    ->ArgsProduct({{1, 2}, {1, 2}})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

/// XGBoost alone on features that lie in memory: its matrix, then its own squared error.
void bare_booster(const std::vector<float>& features, std::size_t columns, const std::vector<float>& targets,
                  const std::string& threads) {
  DMatrixHandle matrix = nullptr;
  XGDMatrixCreateFromMat_omp(features.data(), targets.size(), columns,
                             std::numeric_limits<float>::quiet_NaN(), &matrix, std::stoi(threads));
  XGDMatrixSetFloatInfo(matrix, "label", targets.data(), targets.size());
  BoosterHandle booster = nullptr;
  XGBoosterCreate(&matrix, 1, &booster);
  const std::pair<const char*, std::string> settings[] = {
      {"tree_method", "hist"},     {"grow_policy", "lossguide"}, {"max_depth", "0"},
      {"max_leaves", "128"},       {"colsample_bytree", "0.75"}, {"eta", "0.05"},
      {"min_child_weight", "100"}, {"nthread", threads},         {"objective", "reg:squarederror"}};
  for (const auto& [name, value] : settings) XGBoosterSetParam(booster, name, value.c_str());
  for (int round = 0; round < rounds; ++round) XGBoosterUpdateOneIter(booster, round, matrix);
  XGBoosterFree(booster);
  XGDMatrixFree(matrix);
}

/// The same three boosters by XGBoost alone; effects as targets of the third are taken for granted.
void FitBareXgboost(benchmark::State& state) {
  const auto& truth = truth_of(paper_creators);
  const std::size_t columns = truth.table.schema.size();
  const auto outcome = truth.log_outcome();
  std::vector<float> all(truth.table.size() * columns), arm[2], targets, arm_targets[2];
  truth.table.features->read(0, all);
  for (std::size_t i = 0; i < outcome.size(); ++i) {
    const auto row = std::span<const float>(all).subspan(i * columns, columns);
    arm[truth.treated[i]].insert(arm[truth.treated[i]].end(), row.begin(), row.end());
    arm_targets[truth.treated[i]].push_back(static_cast<float>(outcome[i]));
    targets.push_back(static_cast<float>(outcome[i]));
  }
  const auto threads = std::to_string(state.range(0));
  for (auto _ : state) {
    bare_booster(arm[0], columns, arm_targets[0], threads);
    bare_booster(arm[1], columns, arm_targets[1], threads);
    bare_booster(all, columns, targets, threads);
  }
}
BENCHMARK(FitBareXgboost)
    ->Arg(1)
    ->Arg(2)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

/// A model of the early-stopped size on a tenth of the paper's creators.
const LearnedResponse& early_stopped() {
  static const auto model = [] {
    auto options = LearnerOptions();
    options.threads = 1;
    return fit(truth_of(paper_creators / 10), options);
  }();
  return *model;
}

/// Scores of a table; the counter is rows a second on one core.
void ScoreTable(benchmark::State& state) {
  const auto& truth = truth_of(paper_creators / 10);
  const auto rows = truth.all_rows();
  const auto& model = early_stopped();
  for (auto _ : state) benchmark::DoNotOptimize(model.score(*truth.table.features, rows, 1));
  for (const auto& [name, size] : model.sizes()) state.counters["trees_" + name] = static_cast<double>(size);
  state.SetItemsProcessed(static_cast<std::int64_t>(rows.size()) * state.iterations());
}
BENCHMARK(ScoreTable)->Unit(benchmark::kMillisecond);

/// One creator whose features are at hand; the counters are microseconds.
void ScoreOne(benchmark::State& state) {
  const auto& truth = truth_of(paper_creators / 10);
  const auto& model = early_stopped();
  std::vector<float> row(truth.table.schema.size());
  std::vector<double> microseconds;
  std::size_t next = 0;
  for (auto _ : state) {
    truth.table.features->read(next++ % truth.table.size(), row);
    const auto begin = std::chrono::steady_clock::now();
    double score = 0;
    model.score(row, {&score, 1});
    microseconds.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
    benchmark::DoNotOptimize(score);
  }
  std::sort(microseconds.begin(), microseconds.end());
  state.counters["p50_us"] = microseconds[microseconds.size() / 2];
  state.counters["p99_us"] = microseconds[microseconds.size() * 99 / 100];
}
BENCHMARK(ScoreOne)->Iterations(20000);

/// Peak memory of a child that does `work`, as counters: megabytes, and feature matrices of 60 32-bit numbers a creator.
void measure_peak_memory(benchmark::State& state, const std::function<void(std::size_t creators)>& work) {
  const auto creators = static_cast<std::size_t>(state.range(0));
  rusage used{};
  for (auto _ : state) {
    const pid_t child = fork();
    if (child == 0) {
      work(creators);
      _exit(0);
    }
    wait4(child, nullptr, 0, &used);
  }
  const double megabytes = static_cast<double>(used.ru_maxrss) / 1024;
  state.counters["peak_MB"] = megabytes;
  state.counters["matrices"] = megabytes / (static_cast<double>(creators) * 60 * sizeof(float) / 1048576);
}

/// A process that makes a table of 60 features and fits all three models. Run alone (--benchmark_filter=PeakMemory).
void PeakMemory(benchmark::State& state) {
  measure_peak_memory(state, [](std::size_t creators) {
    auto options = fixed_rounds(1, LearnerOptions().parts);
    options.trees.rounds = 3;
    fit(make_known_truth({.creators = creators, .numbers = 58}), options);
  });
}
BENCHMARK(PeakMemory)->Arg(paper_creators)->Arg(2000000)->Iterations(1)->Unit(benchmark::kSecond);

/// What of that is XGBoost's alone: one booster of one model on features that are nowhere but in the block shown to it.
void PeakMemoryBareXgboost(benchmark::State& state) {
  measure_peak_memory(state, [](std::size_t creators) {
    constexpr std::size_t columns = 60, block_rows = 8192;
    std::vector<float> block;
    std::size_t shown = 0;
    const BinnedMatrix::NextBlock next = [&]() -> std::span<const float> {
      block.resize(std::min(block_rows, creators - shown) * columns);
      for (std::size_t i = 0; i < block.size(); ++i)
        block[i] = static_cast<float>((shown * columns + i) * 2654435761U % 65521);
      shown = block.empty() ? 0 : shown + block.size() / columns;
      return block;
    };
    const BinnedMatrix matrix(std::vector<FeatureKind>(columns, FeatureKind::numeric), next, 1, nullptr);
    Booster booster({{"tree_method", "hist"},
                     {"grow_policy", "lossguide"},
                     {"max_depth", "0"},
                     {"max_leaves", "128"},
                     {"nthread", "1"},
                     {"min_child_weight", "100"}},
                    0, matrix, nullptr);
    LossSlopes slopes{std::vector<float>(creators, 1), std::vector<float>(creators, 1)};
    for (std::size_t i = 0; i < creators; ++i) slopes.slope[i] = static_cast<float>(i % 7) - 3;
    for (int round = 0; round < 3; ++round) booster.grow(matrix, slopes);
  });
}
BENCHMARK(PeakMemoryBareXgboost)->Arg(paper_creators)->Arg(2000000)->Iterations(1)->Unit(benchmark::kSecond);

/// What the program and its libraries take before any work.
void PeakMemoryIdle(benchmark::State& state) {
  measure_peak_memory(state, [](std::size_t) {});
}
BENCHMARK(PeakMemoryIdle)->Arg(paper_creators)->Iterations(1);

}  // namespace
}  // namespace perennial
