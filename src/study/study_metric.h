#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "study/comparison.h"

namespace perennial {

/// What a study reads off a run: a metric of rounds.parquet, over all rounds or some at one end, or what learning took.
struct StudyMetric {
  std::string name = "clicks";  ///< of a Metric, or "train_seconds_per_round", "rounds_to_converge"
  std::int64_t first = 0;       ///< over the first so many rounds; 0 = not limited so
  std::int64_t last = 0;        ///< over the last so many rounds; 0 = not limited so. Not both

  bool operator==(const StudyMetric&) const = default;
};

/// Every name there is.
std::vector<std::string> study_metric_names();

/// Its key in summary.json: "clicks_per_round", "last50_clicks_per_round", "first1_mean_trust", "active_creators".
std::string key_of(const StudyMetric& metric);

/// For people: "Clicks per round, last 50 rounds".
std::string title_of(const StudyMetric& metric);

/// One value per seed, in order; empty where the metric is about learning and the arm does not learn. A run that has not
/// converged counts as its number of rounds: the least that it can take.
std::vector<double> study_values(const ComparedPolicy& arm, const StudyMetric& metric);

/// Runs of an arm that had not converged when they ended; 0 for one that does not learn.
std::size_t not_converged(const ComparedPolicy& arm);

}  // namespace perennial
