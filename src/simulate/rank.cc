#include <algorithm>
#include <numeric>

#include "simulate/round.h"

namespace perennial {
namespace {

/// Items young enough to be shown: ids ascend by round, so they are the tail of the table.
void collect_candidates(Ecosystem& e, std::uint32_t recency) {
  const std::uint32_t oldest = e.round > recency ? e.round - recency : 0;
  const auto first =
      std::lower_bound(e.items.born.begin(), e.items.born.end(), oldest) - e.items.born.begin();
  e.candidates.resize(e.items.size() - static_cast<std::size_t>(first));
  std::iota(e.candidates.begin(), e.candidates.end(), static_cast<ItemId>(first));
}

}  // namespace

void rank(Stage& stage) {
  auto& e = stage.ecosystem;
  collect_candidates(e, static_cast<std::uint32_t>(stage.options.platform.recency));
  const std::size_t depth = shown_and_missed(stage.options);
  const auto* reranker = reranker_now(stage);
  stage.players.recommender->rank(
      {.round = e.round,
       .users = e.log.active_users,
       .candidates = e.candidates,
       .items = e.items,
       .shown = e.shown,
       .tables = e.tables,
       .depth = reranker ? reranker->shortlist(depth, e.candidates.size()) : depth,
       .draws = stage.draws(Purpose::ranking),
       .workers = stage.workers()},
      e.shortlist);
}

}  // namespace perennial
