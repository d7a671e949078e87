#include "study/interval.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace perennial {
namespace {

TEST(Interval, UsesStudentsTForFewSeeds) {
  // t(0.975) with 4 degrees of freedom is 2.776445 in every printed table; the values' deviation is sqrt(2.5).
  const std::array values{1.0, 2.0, 3.0, 4.0, 5.0};
  const Interval interval = interval_of(values);
  EXPECT_DOUBLE_EQ(interval.mean, 3);
  EXPECT_NEAR(interval.high - interval.mean, 2.776445 * std::sqrt(2.5 / 5), 1e-6);
  EXPECT_NEAR(interval.mean - interval.low, interval.high - interval.mean, 1e-12);
}

TEST(Interval, OfTwoSeedsIsWide) {
  const Interval interval = interval_of(std::array{0.0, 2.0});
  EXPECT_NEAR(interval.high, 1 + 12.7062, 1e-4);
}

TEST(Interval, ApproachesTheNormalOneForManySeeds) {
  std::vector<double> values(2000, 1);
  for (std::size_t i = 0; i < values.size(); i += 2) values[i] = -1;
  const double half = interval_of(values).high;
  EXPECT_NEAR(half, 1.96 / std::sqrt(2000), 2e-4);
}

TEST(Interval, OfOneSeedIsTheMeanItself) {
  const Interval interval = interval_of(std::array{7.5});
  EXPECT_EQ(interval.low, 7.5);
  EXPECT_EQ(interval.mean, 7.5);
  EXPECT_EQ(interval.high, 7.5);
}

TEST(PairedDifference, CancelsWhatTheSeedsShare) {
  const std::array a{101.0, 202.0, 303.0};
  const std::array b{100.0, 200.0, 300.0};
  const Interval difference = paired_difference(a, b);
  EXPECT_DOUBLE_EQ(difference.mean, 2);
  EXPECT_NEAR(difference.high - difference.mean, 4.302653 / std::sqrt(3.0), 1e-5);
  EXPECT_LT(difference.high - difference.mean, interval_of(a).high - interval_of(a).mean);
}

TEST(PairedDifference, ChangesSignWithTheOrder) {
  const std::array a{3.0, 5.0, 9.0};
  const std::array b{1.0, 6.0, 4.0};
  const Interval forth = paired_difference(a, b);
  const Interval back = paired_difference(b, a);
  EXPECT_DOUBLE_EQ(forth.mean, -back.mean);
  EXPECT_DOUBLE_EQ(forth.low, -back.high);
}

TEST(IntervalDeathTest, RefusesNoSeeds) {
  EXPECT_DEATH(interval_of({}), "at least one value");
}

TEST(IntervalDeathTest, RefusesUnpairedSeeds) {
  EXPECT_DEATH(paired_difference(std::array{1.0}, std::array{1.0, 2.0}), "same seeds");
}

}  // namespace
}  // namespace perennial
