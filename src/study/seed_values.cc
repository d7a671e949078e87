#include "study/seed_values.h"

#include <algorithm>

#include "base/check.h"

namespace perennial {

bool accumulates(Metric metric) {
  switch (metric) {
    case Metric::cumulative_clicks:
    case Metric::discounted_value:
    case Metric::content_diversity_bits:
    case Metric::genres_per_creator:
    case Metric::exposure_gini:
    case Metric::click_gini:
      return true;
    default:
      return false;
  }
}

std::vector<double> seed_values(const ComparedPolicy& policy, Metric metric, std::size_t rounds) {
  std::vector<double> values;
  values.reserve(policy.runs.size());
  for (const RunResult& run : policy.runs) {
    check(!run.rounds.empty(), "a run has at least one round");
    const std::size_t count = accumulates(metric) ? 1 : std::min(rounds, run.rounds.size());
    double sum = 0;
    for (std::size_t i = run.rounds.size() - count; i < run.rounds.size(); ++i)
      sum += at(run.rounds[i], metric);
    values.push_back(sum / static_cast<double>(count));
  }
  return values;
}

const ComparedPolicy* find_policy(const Comparison& comparison, std::string_view name) {
  const auto found = std::ranges::find(comparison.policies, name, &ComparedPolicy::name);
  return found == comparison.policies.end() ? nullptr : &*found;
}

}  // namespace perennial
