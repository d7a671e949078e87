#include "study/calibration_line.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

TEST(CalibrationLine, OfValuesThatAreTwiceTheEstimateIsTwo) {
  const std::vector<double> expected = {1, 2, 4, 7};
  const auto line = calibration_line(expected, {{2, 2}, {4, 4}, {8, 8}, {14, 14}});
  EXPECT_DOUBLE_EQ(line.slope.mean, 2);
  EXPECT_DOUBLE_EQ(line.slope.low, 2);
  EXPECT_DOUBLE_EQ(line.rank.mean, 1);
  EXPECT_DOUBLE_EQ(line.reliability, 1);
  EXPECT_DOUBLE_EQ(line.expected.mean, 3.5);
  EXPECT_DOUBLE_EQ(line.measured.mean, 7);
}

TEST(CalibrationLine, SpreadsWithTheFuturesAroundTheSlopeOfTheMeans) {
  // Slopes 1 and 3 in the two futures, 2 over both: 2 +- t(1, .975) x 1.
  const auto line = calibration_line(std::vector<double>{0, 1}, {{5, 0}, {6, 3}});
  EXPECT_DOUBLE_EQ(line.slope.mean, 2);
  EXPECT_NEAR(line.slope.high, 2 + 12.7062, 1e-3);
}

TEST(CalibrationLine, KnowsNothingOfEstimatesThatDoNotDiffer) {
  const auto line = calibration_line(std::vector<double>{3, 3, 3}, {{1, 2}, {2, 3}, {3, 4}});
  EXPECT_EQ(line.slope.mean, 0);
  EXPECT_EQ(line.rank.mean, 0);
}

TEST(CalibrationLine, HasNoIntervalsWithOneFuture) {
  const auto line = calibration_line(std::vector<double>{1, 2}, {{1}, {5}});
  EXPECT_EQ(line.slope.low, line.slope.high);
  EXPECT_EQ(line.rank.low, 1);
  EXPECT_EQ(line.reliability, 0);
}

}  // namespace
}  // namespace perennial
