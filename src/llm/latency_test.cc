#include "llm/latency.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

TEST(Latency, QuantilesAreRightToFivePercent) {
  LatencyCounts counts;
  for (int i = 1; i <= 1000; ++i) counts.add(i * 1e-3);
  EXPECT_EQ(counts.count(), 1000U);
  EXPECT_NEAR(counts.quantile_s(0.5), 0.5, 0.025);
  EXPECT_NEAR(counts.quantile_s(0.99), 0.99, 0.05);
  EXPECT_NEAR(counts.quantile_s(0), 0.001, 0.00005);
  EXPECT_NEAR(counts.quantile_s(1), 1.0, 0.05);
}

TEST(Latency, CountsSinceAMoment) {
  LatencyCounts counts;
  counts.add(5);
  const auto before = counts;
  counts.add(0.1);
  EXPECT_EQ(counts.since(before).count(), 1U);
  EXPECT_NEAR(counts.since(before).quantile_s(1), 0.1, 0.005);
}

TEST(Latency, OfNothingIsNoneAndExtremesHaveAPlace) {
  LatencyCounts counts;
  EXPECT_EQ(counts.quantile_s(0.5), 0);
  counts.add(0);
  EXPECT_NEAR(counts.quantile_s(0.5), 1e-4, 1e-6);
  counts.add(1e9);
  EXPECT_GT(counts.quantile_s(1), 3600);
}

}  // namespace
}  // namespace perennial
