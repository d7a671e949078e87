#include "respond/statistics/cluster_correlation.h"

#include <gtest/gtest.h>

#include "respond/statistics/samples_for_tests.h"

namespace perennial {
namespace {

TEST(ClusterCorrelation, FindsWhatClustersShare) {
  const Samples samples(1);
  std::vector<double> values;
  std::vector<std::uint32_t> clusters;
  for (std::uint32_t i = 0; i < 20000; ++i) {
    clusters.push_back(i / 10);
    values.push_back(0.5 * samples.normal(i / 10, 1) + samples.normal(i));
  }
  const auto found = cluster_correlation(values, clusters);
  EXPECT_NEAR(found.icc, 0.2, 0.02);
  EXPECT_DOUBLE_EQ(found.size, 10);
}

TEST(ClusterCorrelation, IsNearZeroWhereClustersShareNothing) {
  const Samples samples(2);
  std::vector<double> values;
  std::vector<std::uint32_t> clusters;
  for (std::uint32_t i = 0; i < 20000; ++i) {
    clusters.push_back(i % 2000);
    values.push_back(samples.normal(i));
  }
  EXPECT_LT(cluster_correlation(values, clusters).icc, 0.02);
}

TEST(ClusterCorrelation, CountsLargeClustersMore) {
  const std::vector<double> values = {1, 2, 3, 4, 5, 6};
  const std::vector<std::uint32_t> clusters = {0, 0, 0, 0, 1, 2};
  EXPECT_DOUBLE_EQ(cluster_correlation(values, clusters).size, 18.0 / 6);
}

}  // namespace
}  // namespace perennial
