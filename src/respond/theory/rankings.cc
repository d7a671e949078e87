#include "respond/theory/rankings.h"

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

/// All subsets of `items` of the given size, in lexicographic order.
std::vector<ShownItems> choices(const ShownItems& items, std::size_t size) {
  std::vector<ShownItems> all;
  std::vector<bool> taken(items.size());
  std::fill_n(taken.begin(), size, true);
  do {
    ShownItems shown;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (taken[i]) shown.push_back(items[i]);
    }
    all.push_back(std::move(shown));
  } while (std::prev_permutation(taken.begin(), taken.end()));
  return all;
}

}  // namespace

std::vector<PeriodRanking> rankings_after(const LongRunProblem& problem, const RankingHistory& history) {
  const ShownItems items = problem.available(history);
  const auto slates = choices(items, std::min(problem.positions, items.size()));
  std::vector<PeriodRanking> all = {{}};
  for (std::size_t user = 0; user < problem.users; ++user) {
    std::vector<PeriodRanking> longer;
    for (const auto& ranking : all) {
      for (const auto& slate : slates) {
        longer.push_back(ranking);
        longer.back().push_back(slate);
      }
    }
    all = std::move(longer);
  }
  return all;
}

double value_of(const LongRunProblem& problem, const PeriodRanking& ranking) {
  double sum = 0;
  for (std::size_t user = 0; user < ranking.size(); ++user) {
    for (const auto item : ranking[user]) sum += problem.values[user][item];
  }
  return sum;
}

double value_of(const LongRunProblem& problem, const RankingHistory& rankings) {
  double sum = 0;
  for (std::size_t t = rankings.size(); t-- > 0;) sum = value_of(problem, rankings[t]) + problem.gamma * sum;
  return sum;
}

}  // namespace perennial
