#include "respond/statistics/quantile.h"

#include <gtest/gtest.h>

#include "respond/statistics/golden_for_tests.h"

namespace perennial {
namespace {

TEST(Quantile, IsThatOfOthersPrograms) {
  const auto found = quantiles(golden_units().at("s"), std::vector<double>{0.2, 0.5, 0.8});
  EXPECT_NEAR(found[0], -0.128699324718411, 1e-9);
  EXPECT_NEAR(found[1], 0.238310556926210, 1e-9);
  EXPECT_NEAR(found[2], 0.878048797694166, 1e-9);
}

TEST(Quantile, LiesBetweenOrderStatisticsInAnyOrderOfValues) {
  const std::vector<double> values = {4, 1, 3, 2};
  EXPECT_EQ(quantile(values, 0), 1);
  EXPECT_EQ(quantile(values, 1), 4);
  EXPECT_EQ(quantile(values, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantile(values, 0.25), 1.75);
  EXPECT_EQ(quantile(std::vector<double>{7}, 0.3), 7);
}

}  // namespace
}  // namespace perennial
