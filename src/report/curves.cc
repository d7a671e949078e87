#include "report/curves.h"

#include <algorithm>

#include "base/check.h"

namespace perennial {
namespace {

/// The metric's moving average in the drawn rounds of one run.
std::vector<double> smoothed(const RunResult& run, Metric metric, std::size_t window,
                             std::span<const std::size_t> drawn) {
  std::vector<double> sum_before(run.rounds.size() + 1, 0);
  for (std::size_t i = 0; i < run.rounds.size(); ++i)
    sum_before[i + 1] = sum_before[i] + at(run.rounds[i], metric);
  std::vector<double> values;
  values.reserve(drawn.size());
  for (const std::size_t round : drawn) {
    check(round < run.rounds.size(), "a drawn round was played");
    if (window == 1) {
      values.push_back(at(run.rounds[round], metric));
      continue;
    }
    const std::size_t from = round - std::min(round, window / 2);
    const std::size_t to = std::min(run.rounds.size(), round + window / 2 + 1);
    values.push_back((sum_before[to] - sum_before[from]) / static_cast<double>(to - from));
  }
  return values;
}

}  // namespace

std::size_t smoothing_window(std::size_t rounds) {
  if (rounds < 40) return 1;
  return std::min<std::size_t>(25, rounds / 20 | 1);
}

std::vector<std::size_t> drawn_rounds(std::size_t rounds, std::size_t most) {
  check(most >= 2, "a curve has two ends");
  std::vector<std::size_t> drawn(std::min(rounds, most));
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    drawn[i] = drawn.size() == rounds ? i : i * (rounds - 1) / (most - 1);
  }
  return drawn;
}

std::vector<Interval> curve_of(const ComparedPolicy& policy, Metric metric, std::size_t window,
                               std::span<const std::size_t> drawn) {
  std::vector<std::vector<double>> by_seed;
  for (const RunResult& run : policy.runs) by_seed.push_back(smoothed(run, metric, window, drawn));
  std::vector<Interval> curve;
  curve.reserve(drawn.size());
  std::vector<double> values(by_seed.size());
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    for (std::size_t seed = 0; seed < by_seed.size(); ++seed) values[seed] = by_seed[seed][i];
    curve.push_back(interval_of(values));
  }
  return curve;
}

}  // namespace perennial
