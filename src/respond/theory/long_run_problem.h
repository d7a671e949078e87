#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace perennial {

/// Items one user is shown, ascending: a post is worth the same in every place that is seen.
using ShownItems = std::vector<std::uint32_t>;
/// What each user is shown in one period.
using PeriodRanking = std::vector<ShownItems>;
/// Rankings of the periods so far, first period first.
using RankingHistory = std::vector<PeriodRanking>;

/// Section 2.2's platform: users who come in every period and are shown as many of the available items as there are
/// positions. Which items there are depends on what was shown before.
struct LongRunProblem {
  std::size_t users = 1;
  std::size_t periods = 2;
  std::size_t positions = 1;
  double gamma = 1;                         ///< what next period counts for, in [0, 1]
  std::vector<std::vector<double>> values;  ///< users x items: what an item is worth to a user
  /// The items, ascending, that can be shown in period `history.size()` after `history`.
  std::function<ShownItems(const RankingHistory&)> available;
};

/// A plan: one ranking per period, and sum over periods of gamma^t x the users' value.
struct LongRunPlan {
  RankingHistory rankings;
  double value = 0;
};

}  // namespace perennial
