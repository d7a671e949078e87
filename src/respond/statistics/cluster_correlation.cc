#include "respond/statistics/cluster_correlation.h"

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "respond/statistics/moments.h"

namespace perennial {

ClusterCorrelation cluster_correlation(std::span<const double> values,
                                       std::span<const std::uint32_t> clusters) {
  check(values.size() == clusters.size() && !values.empty(), "every value has a cluster");
  const std::size_t codes = *std::max_element(clusters.begin(), clusters.end()) + std::size_t{1};
  std::vector<double> sizes(codes), sums(codes);
  for (std::size_t i = 0; i < values.size(); ++i) {
    sizes[clusters[i]] += 1;
    sums[clusters[i]] += values[i];
  }
  const double mean = moments(values).mean;
  double count = 0, squared_sizes = 0, between = 0, within = 0;
  for (std::size_t g = 0; g < codes; ++g) {
    if (sizes[g] == 0) continue;
    const double off = sums[g] / sizes[g] - mean;
    count += 1;
    squared_sizes += sizes[g] * sizes[g];
    between += sizes[g] * off * off;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double off = values[i] - sums[clusters[i]] / sizes[clusters[i]];
    within += off * off;
  }
  const auto n = static_cast<double>(values.size());
  check(count > 1 && n > count, "there are two clusters or more, and more creators than clusters");
  between /= count - 1;
  within /= n - count;
  const double typical = (n - squared_sizes / n) / (count - 1);
  const double spread = between + (typical - 1) * within;
  return {spread > 0 ? std::clamp((between - within) / spread, 0.0, 1.0) : 0.0, squared_sizes / n};
}

}  // namespace perennial
