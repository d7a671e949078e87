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

/// The first `slate` places of `best` are shown; the one after them is logged as what just missed.
void cut_slates(RoundLog& log, const Slates& best, std::size_t slate) {
  const std::size_t rows = log.active_users.size();
  log.shown.reset(rows, slate);
  log.next_best.resize(rows);
  log.next_best_score.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto items = best.row(row);
    const auto scores = best.row_scores(row);
    std::copy_n(items.begin(), slate, log.shown.row(row).begin());
    std::copy_n(scores.begin(), slate, log.shown.row_scores(row).begin());
    log.next_best[row] = items[slate];
    log.next_best_score[row] = scores[slate];
  }
}

/// The best `depth` items per user after re-ranking.
Slates reranked(const Stage& stage, std::size_t depth) {
  const auto& e = stage.ecosystem;
  Slates best;
  stage.players.reranker->rerank({.round = e.round,
                                  .users = e.log.active_users,
                                  .candidates = e.candidates,
                                  .shortlist = e.shortlist,
                                  .log_odds = stage.players.recommender->scores_are_log_odds(),
                                  .items = e.items,
                                  .tables = e.tables,
                                  .boosts = e.boosts,
                                  .slate = static_cast<std::size_t>(stage.options.platform.slate),
                                  .depth = depth,
                                  .draws = stage.draws(Purpose::rerank),
                                  .workers = stage.workers},
                                 best);
  return best;
}

}  // namespace

void rank(Stage& stage) {
  auto& e = stage.ecosystem;
  const auto slate = static_cast<std::size_t>(stage.options.platform.slate);
  const bool from_now = e.round >= static_cast<std::uint32_t>(stage.options.platform.rerank_from);
  const auto* reranker = from_now ? stage.players.reranker.get() : nullptr;
  const std::size_t depth = slate + 1;
  collect_candidates(e, static_cast<std::uint32_t>(stage.options.platform.recency));
  stage.players.recommender->rank(
      {.round = e.round,
       .users = e.log.active_users,
       .candidates = e.candidates,
       .items = e.items,
       .shown = e.shown,
       .tables = e.tables,
       .depth = reranker ? reranker->shortlist(depth, e.candidates.size()) : depth,
       .draws = stage.draws(Purpose::ranking),
       .workers = stage.workers},
      e.shortlist);
  if (!reranker) return cut_slates(e.log, e.shortlist, slate);
  cut_slates(e.log, reranked(stage, depth), slate);
}

}  // namespace perennial
