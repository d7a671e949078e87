// Ranking and training time of the built-in rankers. Items per second: ranked slates, or trained rows.

#include <benchmark/benchmark.h>

#include <Eigen/Core>
#include <algorithm>
#include <numeric>
#include <string>

#include "nn/embedding_table.h"
#include "nn/initial_weights.h"
#include "platform/recommend/planted_platform.h"
#include "platform/recommend/recommenders.h"
#include "simulate/simulation.h"
#include "world/catalogue.h"

namespace perennial {
namespace {

constexpr std::size_t slate = 5;

PlantedPlatform platform_of(const benchmark::State& state) {
  return PlantedPlatform({.users = static_cast<std::size_t>(state.range(0)),
                          .creators = static_cast<std::size_t>(state.range(1)),
                          .genres = 14,
                          .recency = static_cast<std::uint32_t>(state.range(2))});
}

/// range: users, creators, rounds an item stays a candidate beyond its first.
void BM_Rank(benchmark::State& state, const std::string& name) {
  PlantedPlatform platform = platform_of(state);
  const auto ranker = find_plugin(recommenders(), "recommender", name).make();
  Fields fields = ranker->fields();
  for (const auto& field : fields.all()) {
    if (field.name == "epochs") fields.set("bench", "epochs", std::int64_t{1});
  }
  ranker->start(platform.world, platform.past(5), 1);
  const auto rounds = static_cast<std::uint32_t>(state.range(2)) + 1;
  platform.play(*ranker, 1, rounds, slate);
  Slates best;
  for (auto _ : state) ranker->rank(platform.request(rounds, slate + 1), best);
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["candidates"] = static_cast<double>(platform.candidates.size());
}

/// What mf's ranking cannot be faster than: the product alone, into one buffer, blocked as Eigen likes it.
void BM_BareProduct(benchmark::State& state) {
  const auto users = state.range(0), candidates = state.range(1) * (state.range(2) + 1);
  const Eigen::MatrixXf u = Eigen::MatrixXf::Random(64, users), v = Eigen::MatrixXf::Random(64, candidates);
  Eigen::MatrixXf scores(candidates, 64);
  for (auto _ : state) {
    for (Eigen::Index begin = 0; begin < users; begin += 64) {
      const auto width = std::min<Eigen::Index>(64, users - begin);
      scores.leftCols(width).noalias() = v.transpose() * u.middleCols(begin, width);
      benchmark::DoNotOptimize(scores.data());
      benchmark::ClobberMemory();
    }
  }
  state.SetItemsProcessed(state.iterations() * users);
}

/// A textbook peer of mf's ranking: the same product, then each user's best by partial sort of positions.
void BM_ProductAndSort(benchmark::State& state) {
  const auto users = state.range(0), candidates = state.range(1) * (state.range(2) + 1);
  const Eigen::MatrixXf u = Eigen::MatrixXf::Random(64, users), v = Eigen::MatrixXf::Random(64, candidates);
  Eigen::MatrixXf scores(candidates, 64);
  std::vector<ItemId> order(static_cast<std::size_t>(candidates));
  for (auto _ : state) {
    for (Eigen::Index begin = 0; begin < users; begin += 64) {
      const auto width = std::min<Eigen::Index>(64, users - begin);
      scores.leftCols(width).noalias() = v.transpose() * u.middleCols(begin, width);
      for (Eigen::Index r = 0; r < width; ++r) {
        const auto row = scores.col(r);
        std::iota(order.begin(), order.end(), 0U);
        std::partial_sort(order.begin(), order.begin() + slate + 1, order.end(),
                          [&](ItemId a, ItemId b) { return row[a] > row[b]; });
        benchmark::DoNotOptimize(order.data());
      }
    }
  }
  state.SetItemsProcessed(state.iterations() * users);
}

/// One epoch over all rows of a platform that has played; items = rows.
void BM_Retrain(benchmark::State& state, const std::string& name) {
  PlantedPlatform platform({.users = static_cast<std::size_t>(state.range(0)),
                            .creators = static_cast<std::size_t>(state.range(1)),
                            .genres = 14});
  const auto ranker = find_plugin(recommenders(), "recommender", name).make();
  const Fields fields = ranker->fields();
  fields.set("bench", "epochs", std::int64_t{0});
  fields.set("bench", "retrain_every", std::int64_t{1});
  ranker->start(platform.world, {}, 1);
  platform.play(*ranker, 1, 20, slate);
  fields.set("bench", "epochs", std::int64_t{1});
  RoundLog nothing;
  nothing.round = 21;
  for (auto _ : state) ranker->learn(nothing, platform.items, platform.tables, platform.workers);
  state.SetItemsProcessed(state.iterations() * 20 * slate * state.range(0));
}

/// A round of the default platform with din, everything in it: five rounds and the retraining among them, over and over from
/// round 52 on. range: epochs at most, patience (as many: all epochs), window in rounds (0 = all rows so far). Peer: CreAgent's
/// platform, 33 impressions per CPU second.
void BM_RoundWithDin(benchmark::State& state) {
  SimulationOptions options;
  use_setting(options, "open");
  options.leaving.after = 0;  // every round is of the same size
  const auto set = [&](const char* key, FieldValue value) { set_options(options, {{"bench", key, value}}); };
  set("recommender.name", std::string("din"));
  set("recommender.epochs", std::int64_t{1});
  set("recommender.window", state.range(2));
  Workers workers(1);
  Simulation warm(options, load_world("youtube", 100, 50, 1), "silent", 1, workers);
  while (warm.round() < 51) warm.play_round();
  Archive saved;
  warm.persist(saved);
  set("recommender.epochs", state.range(0));
  set("recommender.patience", state.range(1));
  Simulation simulation(options, load_world("youtube", 100, 50, 1), "silent", 1, workers);
  Archive archive(saved.bytes());
  simulation.persist(archive);
  double impressions = 0;
  for (auto _ : state) {
    for (int round = 0; round < 5; ++round) impressions += at(simulation.play_round(), Metric::impressions);
  }
  state.counters["impressions/s"] = benchmark::Counter(impressions, benchmark::Counter::kIsRate);
  state.counters["rank_ms"] = 1e3 * simulation.seconds()[static_cast<std::size_t>(Phase::rank)] /
                              (5.0 * static_cast<double>(state.iterations()));
}

/// One row's step of Adam on a 64-wide table of range(0) rows, touched at random; items = row-steps.
void BM_RowStep(benchmark::State& state) {
  EmbeddingTable table(64);
  const Draws draws(1, Purpose::training);
  const auto rows = static_cast<std::uint32_t>(state.range(0));
  for (std::uint32_t r = 0; r < rows; ++r) draw_weights(table.append(), 0.1, draws, r, 1);
  std::vector<float> direction(64, 0.01F);
  std::vector<std::uint32_t> touched;
  for (std::uint32_t i = 0; i < (1 << 16); ++i) touched.push_back(draws.below(rows, i, 0, 2));
  RowGradients gradients;
  std::size_t next = 0;
  for (auto _ : state) {
    gradients.reset(table.size(), table.stride());
    for (int i = 0; i < 1024; ++i)
      add_scaled(gradients.at(touched[next++ & 0xFFFF]), 0.5F, direction.data(), 64);
    table.step(gradients, Adam{});
  }
  state.SetItemsProcessed(state.iterations() * 1024);
}

void shapes(benchmark::internal::Benchmark* bench) {
  bench->Args({100, 50, 4})->Args({1000, 1000, 4})->Unit(benchmark::kMicrosecond);
}

BENCHMARK_CAPTURE(BM_Rank, random, "random")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rank, popularity, "popularity")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rank, content, "content")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rank, mf, "mf")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rank, bpr, "bpr")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rank, din, "din")
    ->Args({100, 50, 4})
    ->Args({100, 50, 10})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_BareProduct)->Apply(shapes);
BENCHMARK(BM_ProductAndSort)->Apply(shapes);
BENCHMARK_CAPTURE(BM_Retrain, mf, "mf")->Args({100, 50})->Args({1000, 1000})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Retrain, bpr, "bpr")->Args({100, 50})->Args({1000, 1000})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Retrain, din, "din")->Args({100, 50})->Unit(benchmark::kMillisecond);
BENCHMARK(BM_RoundWithDin)
    ->ArgNames({"epochs", "patience", "window"})
    ->Args({20, 1, 10})
    ->Args({60, 1, 10})
    ->Args({60, 5, 10})
    ->Args({60, 60, 10})
    ->Args({60, 1, 0})
    ->Args({60, 60, 0})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_RowStep)->Arg(100)->Arg(1000)->Arg(100000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace perennial
