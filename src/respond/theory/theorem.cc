#include "respond/theory/theorem.h"

#include <cmath>

#include "respond/theory/long_run_solver.h"
#include "respond/theory/rankings.h"

namespace perennial {
namespace {

/// All histories of the same length that can be.
std::vector<RankingHistory> one_period_on(const LongRunProblem& problem,
                                          const std::vector<RankingHistory>& histories) {
  std::vector<RankingHistory> longer;
  for (const auto& history : histories) {
    for (auto& ranking : rankings_after(problem, history)) {
      longer.push_back(history);
      longer.back().push_back(std::move(ranking));
    }
  }
  return longer;
}

bool availability_varies(const LongRunProblem& problem) {
  std::vector<RankingHistory> histories = {{}};
  for (std::size_t t = 1; t < problem.periods; ++t) {
    histories = one_period_on(problem, histories);
    const auto usual = problem.available(histories.front());
    for (const auto& history : histories) {
      if (problem.available(history) != usual) return true;
    }
  }
  return false;
}

/// The periods from `history.size()` on as a problem of their own.
LongRunProblem rest_of(const LongRunProblem& problem, const RankingHistory& history) {
  LongRunProblem rest = problem;
  rest.periods -= history.size();
  rest.available = [&problem, history](const RankingHistory& later) {
    RankingHistory whole = history;
    whole.insert(whole.end(), later.begin(), later.end());
    return problem.available(whole);
  };
  return rest;
}

double best_value_after(const LongRunProblem& problem, const RankingHistory& history) {
  return history.size() == problem.periods ? 0 : long_run_optimum(rest_of(problem, history)).value;
}

}  // namespace

TheoremOne theorem_one(const LongRunProblem& problem, const LongRunPlan& short_run) {
  TheoremOne theorem;
  theorem.availability_depends_on_rankings = availability_varies(problem);
  double most = 0;
  RankingHistory history;
  for (std::size_t t = 0; t < problem.periods; ++t) {
    const auto& chosen = short_run.rankings[t];
    const RankingHistory later(short_run.rankings.begin() + static_cast<std::ptrdiff_t>(t) + 1,
                               short_run.rankings.end());
    for (const auto& other : rankings_after(problem, history)) {
      if (other == chosen) continue;
      history.push_back(other);
      const double loss = value_of(problem, chosen) - value_of(problem, other);
      const double gain = problem.gamma * (best_value_after(problem, history) - value_of(problem, later));
      history.pop_back();
      const double pays = std::pow(problem.gamma, static_cast<double>(t)) * (gain - loss);
      if (loss < gain && pays > most) {
        most = pays;
        theorem.paying_departure = {t, other, loss, gain};
      }
    }
    history.push_back(chosen);
  }
  return theorem;
}

}  // namespace perennial
