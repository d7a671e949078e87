#include "respond/evaluation/clusters.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "base/check.h"

namespace perennial {
namespace {

std::size_t codes(Clusters clusters) {
  return clusters.empty() ? 0 : *std::max_element(clusters.begin(), clusters.end()) + std::size_t{1};
}

}  // namespace

std::size_t independent_units(std::size_t creators, Clusters clusters) {
  if (clusters.empty()) return creators;
  std::vector<bool> seen(codes(clusters), false);
  for (const auto cluster : clusters) seen[cluster] = true;
  return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

double influence_se(std::span<const double> influence, Clusters clusters) {
  check(clusters.empty() || clusters.size() == influence.size(), "one cluster for each creator");
  const auto units = static_cast<double>(independent_units(influence.size(), clusters));
  if (units < 2) return 0;
  if (clusters.empty())
    return std::sqrt(std::inner_product(influence.begin(), influence.end(), influence.begin(), 0.0));
  std::vector<double> sums(codes(clusters), 0.0);
  for (std::size_t i = 0; i < influence.size(); ++i) sums[clusters[i]] += influence[i];
  return std::sqrt(std::inner_product(sums.begin(), sums.end(), sums.begin(), 0.0) * units / (units - 1));
}

Estimate mean_estimate(std::span<const double> values, Clusters clusters) {
  check(!values.empty(), "a mean of no values");
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  // Without clusters the usual n - 1; with them influence_se brings its own factor.
  const double scale = clusters.empty() && n > 1 ? 1 / std::sqrt(n * (n - 1)) : 1 / n;
  std::vector<double> influence(values.begin(), values.end());
  for (double& value : influence) value = (value - mean) * scale;
  return normal_estimate(mean, influence_se(influence, clusters));
}

}  // namespace perennial
