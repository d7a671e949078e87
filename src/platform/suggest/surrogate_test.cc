#include "platform/suggest/surrogate.h"

#include <gtest/gtest.h>

#include <cmath>

namespace perennial {
namespace {

TEST(ClippedSurrogate, OfAnUnchangedPolicyIsTheAdvantageAndNeverClipped) {
  for (const double advantage : {-2.0, -0.1, 0.0, 3.0}) {
    const auto s = clipped_surrogate(0, advantage, 0.2);
    EXPECT_EQ(s.loss, -advantage);
    EXPECT_EQ(s.slope_by_log_ratio, -advantage);
    EXPECT_FALSE(s.clipped);
  }
}

TEST(ClippedSurrogate, PaysNothingForGoingFurtherTheGoodWay) {
  const auto up = clipped_surrogate(std::log(1.5), 2, 0.2);
  EXPECT_DOUBLE_EQ(up.loss, -1.2 * 2);
  EXPECT_EQ(up.slope_by_log_ratio, 0);
  EXPECT_TRUE(up.clipped);
  const auto down = clipped_surrogate(std::log(0.5), -2, 0.2);
  EXPECT_DOUBLE_EQ(down.loss, 0.8 * 2);
  EXPECT_EQ(down.slope_by_log_ratio, 0);
  EXPECT_TRUE(down.clipped);
}

TEST(ClippedSurrogate, PaysInFullForComingBack) {
  const auto bad_more_likely = clipped_surrogate(std::log(1.5), -2, 0.2);
  EXPECT_DOUBLE_EQ(bad_more_likely.loss, 1.5 * 2);
  EXPECT_FALSE(bad_more_likely.clipped);
  const auto good_less_likely = clipped_surrogate(std::log(0.5), 2, 0.2);
  EXPECT_DOUBLE_EQ(good_less_likely.loss, -0.5 * 2);
  EXPECT_FALSE(good_less_likely.clipped);
}

TEST(ClippedSurrogate, SlopeIsTheLimitOfDifferences) {
  constexpr double step = 1e-6;
  for (const double advantage : {-1.5, 0.7}) {
    for (const double x : {-0.5, -0.1, 0.0, 0.1, 0.5}) {
      const double difference =
          clipped_surrogate(x + step, advantage, 0.2).loss - clipped_surrogate(x - step, advantage, 0.2).loss;
      EXPECT_NEAR(clipped_surrogate(x, advantage, 0.2).slope_by_log_ratio, difference / (2 * step), 1e-6);
    }
  }
}

TEST(ClippedSurrogate, StaysFiniteWhenAPolicyTurnsAround) {
  for (const double x : {-1e4, 1e4}) {
    for (const double advantage : {-1.0, 1.0}) {
      EXPECT_TRUE(std::isfinite(clipped_surrogate(x, advantage, 0.2).loss));
      EXPECT_TRUE(std::isfinite(clipped_surrogate(x, advantage, 0.2).slope_by_log_ratio));
    }
  }
}

}  // namespace
}  // namespace perennial
