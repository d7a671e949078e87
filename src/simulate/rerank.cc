#include <algorithm>

#include "simulate/round.h"

namespace perennial {
namespace {

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

/// The best items per user in the re-ranker's order.
Slates reranked(const Stage& stage, Reranker& reranker) {
  const auto& e = stage.ecosystem;
  Slates best;
  reranker.rerank({.round = e.round,
                   .users = e.log.active_users,
                   .candidates = e.candidates,
                   .shortlist = e.shortlist,
                   .log_odds = stage.players.recommender->scores_are_log_odds(),
                   .items = e.items,
                   .tables = e.tables,
                   .boosts = e.boosts,
                   .slate = static_cast<std::size_t>(stage.options.platform.slate),
                   .depth = shown_and_missed(stage.options),
                   .draws = stage.draws(Purpose::rerank),
                   .workers = stage.workers()},
                  best);
  return best;
}

}  // namespace

std::size_t shown_and_missed(const SimulationOptions& options) {
  return static_cast<std::size_t>(options.platform.slate) + 1;
}

Reranker* reranker_now(const Stage& stage) {
  const bool from_now =
      stage.ecosystem.round >= static_cast<std::uint32_t>(stage.options.platform.rerank_from);
  return from_now ? stage.players.reranker.get() : nullptr;
}

void rerank(Stage& stage) {
  auto& e = stage.ecosystem;
  const auto slate = static_cast<std::size_t>(stage.options.platform.slate);
  auto* reranker = reranker_now(stage);
  if (reranker == nullptr) return cut_slates(e.log, e.shortlist, slate);
  cut_slates(e.log, reranked(stage, *reranker), slate);
}

}  // namespace perennial
