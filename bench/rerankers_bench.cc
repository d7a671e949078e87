// Re-ranking time of the built-in re-rankers. Items per second: users served.

#include <benchmark/benchmark.h>

#include <string>

#include "platform/rerank/planted_round.h"
#include "platform/rerank/rerankers.h"

namespace perennial {
namespace {

constexpr std::size_t slate = 5;

/// range: users, creators, candidates per creator. Shortlists are as long as the method asks for.
void BM_Rerank(benchmark::State& state, const std::string& name) {
  PlantedRound round({.users = static_cast<std::size_t>(state.range(0)),
                      .creators = static_cast<std::size_t>(state.range(1)),
                      .items_each = static_cast<std::size_t>(state.range(2)),
                      .genres = 14,
                      .seen = 0.05});
  const auto reranker = find_plugin(rerankers(), "reranker", name).make();
  round.fill_shortlist(reranker->shortlist(slate + 1, round.candidates.size()));
  round.log_odds = true;  // the dearer reading; rates are log-odds as good as any
  Slates best;
  for (auto _ : state) reranker->rerank(round.request(slate, slate + 1), best);
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["candidates"] = static_cast<double>(round.candidates.size());
}

void shapes(benchmark::internal::Benchmark* bench) {
  bench->Args({1000, 50, 3})->Args({500, 500, 10})->Unit(benchmark::kMicrosecond);
}

BENCHMARK_CAPTURE(BM_Rerank, p_mmf, "p-mmf")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rerank, fairrec, "fairrec")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rerank, cpfair, "cpfair")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rerank, fairco, "fairco")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rerank, tfrom, "tfrom")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rerank, mmr, "mmr")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rerank, apdr, "apdr")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rerank, dpp, "dpp")->Apply(shapes);
BENCHMARK_CAPTURE(BM_Rerank, boost, "boost")->Apply(shapes);

}  // namespace
}  // namespace perennial
