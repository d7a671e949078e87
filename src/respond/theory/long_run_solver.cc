#include "respond/theory/long_run_solver.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/binomial.hpp>
#include <cmath>

#include "base/error.h"
#include "respond/theory/rankings.h"

namespace perennial {
namespace {

constexpr double most_plans = 1e7;

void refuse(const std::string& sentence) {
  throw Error(ErrorCode::invalid_argument, "long-run problem: " + sentence);
}

void require_well_formed(const LongRunProblem& problem) {
  if (problem.users == 0 || problem.periods == 0 || problem.positions == 0)
    refuse("users, periods and positions must be at least 1");
  if (!(problem.gamma >= 0 && problem.gamma <= 1))
    refuse(fmt::format("gamma = {}: must be in [0, 1]", problem.gamma));
  if (problem.values.size() != problem.users)
    refuse(fmt::format("{} rows of values for {} users", problem.values.size(), problem.users));
  const std::size_t items = problem.values.front().size();
  for (const auto& row : problem.values) {
    if (row.size() != items) refuse("every user needs a value for every item");
    if (!std::all_of(row.begin(), row.end(), [](double v) { return std::isfinite(v); }))
      refuse("values must be finite");
  }
  double slates = 1;  // all counts up to the whole number of items may be available
  for (std::size_t n = 0; n <= items; ++n) {
    const auto shown = static_cast<unsigned>(std::min(n, problem.positions));
    slates = std::max(slates, boost::math::binomial_coefficient<double>(static_cast<unsigned>(n), shown));
  }
  const double plans = std::pow(slates, static_cast<double>(problem.users * problem.periods));
  if (plans > most_plans)
    refuse(
        fmt::format("up to {:.2g} plans, more than the {:.0g} that enumeration takes on", plans, most_plans));
}

/// Plans of all periods from `history.size()` on; the value is discounted to that period.
template <class Candidates>
LongRunPlan best_after(const LongRunProblem& problem, RankingHistory& history, const Candidates& candidates) {
  LongRunPlan best;
  if (history.size() == problem.periods) return best;
  bool first = true;
  for (const auto& ranking : candidates(history)) {
    history.push_back(ranking);
    LongRunPlan later = best_after(problem, history, candidates);
    history.pop_back();
    const double value = value_of(problem, ranking) + problem.gamma * later.value;
    if (first || value > best.value) {
      later.rankings.insert(later.rankings.begin(), ranking);
      best = {std::move(later.rankings), value};
    }
    first = false;
  }
  return best;
}

/// Of the rankings after `history`, those that give most in their own period.
std::vector<PeriodRanking> best_now(const LongRunProblem& problem, const RankingHistory& history, Tie tie) {
  auto rankings = rankings_after(problem, history);
  double most = value_of(problem, rankings.front());
  for (const auto& ranking : rankings) most = std::max(most, value_of(problem, ranking));
  std::erase_if(rankings, [&](const PeriodRanking& ranking) { return value_of(problem, ranking) < most; });
  if (tie == Tie::first) rankings.resize(1);
  return rankings;
}

}  // namespace

LongRunPlan short_run_optimum(const LongRunProblem& problem, Tie tie) {
  require_well_formed(problem);
  RankingHistory history;
  return best_after(problem, history,
                    [&](const RankingHistory& before) { return best_now(problem, before, tie); });
}

LongRunPlan long_run_optimum(const LongRunProblem& problem) {
  require_well_formed(problem);
  RankingHistory history;
  return best_after(problem, history,
                    [&](const RankingHistory& before) { return rankings_after(problem, before); });
}

}  // namespace perennial
