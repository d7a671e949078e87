#include "report/summary_json.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

/// TOML's numbers, flags and plain texts are JSON's too; anything else stays as it was written.
Json setting_json(const std::string& toml) {
  Json value = Json::parse(toml, nullptr, false);
  return value.is_discarded() ? Json(toml) : value;
}

bool learns(const ComparedPolicy& policy) {
  return !policy.runs.empty() && std::ranges::all_of(policy.runs, [](const RunResult& run) {
    return run.learning.has_value() && !run.rounds.empty();
  });
}

}  // namespace

Json interval_json(const Interval& interval) {
  return {{"mean", interval.mean}, {"ci95", {interval.low, interval.high}}};
}

Json difference_json(std::span<const double> policy, std::span<const double> base) {
  Json json = interval_json(paired_difference(policy, base));
  const double base_mean = interval_of(base).mean;
  json["ratio"] = base_mean == 0 ? Json(nullptr) : Json(interval_of(policy).mean / base_mean);
  return json;
}

Json train_seconds_json(const ComparedPolicy& policy) {
  if (!learns(policy)) return nullptr;
  double seconds = 0;
  for (const RunResult& run : policy.runs)
    seconds += run.learning->train_seconds / static_cast<double>(run.rounds.size());
  return seconds / static_cast<double>(policy.runs.size());
}

Json convergence_json(const ComparedPolicy& policy) {
  if (!learns(policy)) return nullptr;
  constexpr double never = std::numeric_limits<double>::infinity();
  std::vector<double> rounds;
  for (const RunResult& run : policy.runs)
    rounds.push_back(run.learning->converged_at == 0 ? never
                                                     : static_cast<double>(run.learning->converged_at));
  std::ranges::sort(rounds);
  const double low = rounds[(rounds.size() - 1) / 2], high = rounds[rounds.size() / 2];
  return high == never ? Json(nullptr) : Json((low + high) / 2);
}

Json settings_json(const Comparison& comparison) {
  Json settings = Json::object();
  for (const auto& [key, value] : comparison.settings) settings[key] = setting_json(value);
  return settings;
}

}  // namespace perennial
