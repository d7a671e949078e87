#include "platform/suggest/greedy_assignment.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace perennial {
namespace {

constexpr std::size_t renewals = 128;

std::vector<std::size_t> most_trusting_first(std::span<const CreatorId> creators,
                                             std::span<const double> trust) {
  std::vector<std::size_t> order(creators.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return trust[creators[a]] > trust[creators[b]]; });
  return order;
}

struct Move {
  GenreId genre = no_genre;
  double gain = 0;
};

/// The suggestion with the largest gain over letting the creator repeat `own`.
Move best_move(std::span<const double> worth, std::span<const double> quality, GenreId own) {
  const auto value = [&](std::size_t g) { return worth[g] * (quality.empty() ? 1.0 : quality[g]); };
  Move best;
  for (std::size_t g = 0; g < worth.size(); ++g) {
    const double gain = value(g) - value(own);
    if (gain > best.gain) best = {static_cast<GenreId>(g), gain};
  }
  return best;
}

}  // namespace

void assign_greedily(const Demand& demand, std::span<const CreatorId> creators, const CreatorRecords& records,
                     std::span<const double> trust, std::span<const double> quality,
                     std::span<GenreId> suggestions) {
  const std::size_t genres = records.genres();
  std::vector<double> supply(genres), worth(genres);
  for (const CreatorId creator : creators) supply[records.last_genre(creator)] += 1;
  const auto order = most_trusting_first(creators, trust);
  const std::size_t batch = std::max<std::size_t>(1, creators.size() / renewals);
  for (std::size_t begin = 0; begin < order.size(); begin += batch) {
    const std::size_t end = std::min(begin + batch, order.size());
    for (std::size_t i = begin; i < end;
         ++i) {  // taken out first, so that staying is worth what leaving would lose
      const CreatorId creator = creators[order[i]];
      supply[records.last_genre(creator)] -= trust[creator];
    }
    demand.marginal_clicks(supply, worth);
    for (std::size_t i = begin; i < end; ++i) {
      const CreatorId creator = creators[order[i]];
      const GenreId own = records.last_genre(creator);
      const auto move =
          best_move(worth, quality.empty() ? quality : quality.subspan(creator * genres, genres), own);
      suggestions[order[i]] = move.genre;
      supply[move.genre == no_genre ? own : move.genre] += trust[creator];
    }
  }
}

}  // namespace perennial
