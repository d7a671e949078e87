#include "study/study_metric.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

constexpr const char* train_seconds = "train_seconds_per_round";
constexpr const char* convergence = "rounds_to_converge";

Metric metric_named(const std::string& name) {
  for (std::size_t i = 0; i < metric_count; ++i) {
    if (name_of(static_cast<Metric>(i)) == name) return static_cast<Metric>(i);
  }
  check(false, "a study's metrics were looked up when it was read");
  return Metric::clicks;
}

bool is_of_learning(const std::string& name) {
  return name == train_seconds || name == convergence;
}

std::vector<double> learning_values(const ComparedPolicy& arm, const std::string& name) {
  std::vector<double> values;
  for (const RunResult& run : arm.runs) {
    if (!run.learning) return {};
    const auto rounds = static_cast<double>(run.rounds.size());
    if (name == train_seconds) {
      values.push_back(run.learning->train_seconds / rounds);
    } else {
      values.push_back(run.learning->converged_at == 0 ? rounds
                                                       : static_cast<double>(run.learning->converged_at));
    }
  }
  return values;
}

std::vector<double> first_values(const ComparedPolicy& arm, Metric metric, std::size_t rounds) {
  std::vector<double> values;
  for (const RunResult& run : arm.runs) {
    const std::size_t count = std::min(rounds, run.rounds.size());
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += at(run.rounds[i], metric);
    values.push_back(accumulates(metric) ? at(run.rounds[count - 1], metric)
                                         : sum / static_cast<double>(count));
  }
  return values;
}

}  // namespace

std::vector<std::string> study_metric_names() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < metric_count; ++i) names.emplace_back(name_of(static_cast<Metric>(i)));
  names.emplace_back(train_seconds);
  names.emplace_back(convergence);
  return names;
}

std::string key_of(const StudyMetric& metric) {
  const bool per_round = metric.name == "clicks" || metric.name == "impressions";
  const std::string name = per_round ? metric.name + "_per_round" : metric.name;
  if (metric.first > 0) return fmt::format("first{}_{}", metric.first, name);
  return metric.last > 0 ? fmt::format("last{}_{}", metric.last, name) : name;
}

std::string title_of(const StudyMetric& metric) {
  if (metric.name == train_seconds) return "Net training seconds per round";
  if (metric.name == convergence) return "Rounds to converge";
  std::string title(title_of(metric_named(metric.name)));
  if (metric.last == 1) return title + ", last round";
  if (metric.last > 0) return fmt::format("{}, last {} rounds", title, metric.last);
  if (metric.first == 1) return title + ", first round";
  if (metric.first > 0) return fmt::format("{}, first {} rounds", title, metric.first);
  return title;
}

std::vector<double> study_values(const ComparedPolicy& arm, const StudyMetric& metric) {
  if (is_of_learning(metric.name)) return learning_values(arm, metric.name);
  const Metric which = metric_named(metric.name);
  if (metric.first > 0) return first_values(arm, which, static_cast<std::size_t>(metric.first));
  return seed_values(arm, which, metric.last > 0 ? static_cast<std::size_t>(metric.last) : all_rounds);
}

std::size_t not_converged(const ComparedPolicy& arm) {
  return static_cast<std::size_t>(std::ranges::count_if(
      arm.runs, [](const RunResult& run) { return run.learning && run.learning->converged_at == 0; }));
}

}  // namespace perennial
