#include "people/creators/activity_response.h"

#include <gtest/gtest.h>

#include <cmath>

namespace perennial {
namespace {

ActivityResponse response_with(double mean, double spread = 0, double half_saturation = 5,
                               double memory = 0.8) {
  ActivityResponse response;
  const auto fields = response.fields();
  fields.set("response", "sensitivity_mean", mean);
  fields.set("response", "sensitivity_spread", spread);
  fields.set("response", "half_saturation", half_saturation);
  fields.set("response", "memory", memory);
  return response;
}

TEST(ActivityResponse, IsOffByDefault) {
  EXPECT_FALSE(ActivityResponse().on());
  EXPECT_TRUE(response_with(0.2).on());
  EXPECT_TRUE(response_with(0, 0.1).on());
}

TEST(ActivityResponse, ReachesHalfOfItsEffectAtHalfSaturation) {
  const auto response = response_with(0.4);
  EXPECT_DOUBLE_EQ(response.activity(0.5, 0.4, 0), 0.5);
  EXPECT_DOUBLE_EQ(response.activity(0.5, 0.4, 5), 0.7);
  EXPECT_NEAR(response.activity(0.5, 0.4, 1e9), 0.9, 1e-6);
  EXPECT_DOUBLE_EQ(response.activity(0.5, -0.4, 5), 0.3);
}

TEST(ActivityResponse, StaysAProbability) {
  const auto response = response_with(1);
  EXPECT_EQ(response.activity(0.9, 1, 1e9), 1.0);
  EXPECT_EQ(response.activity(0.1, -1, 1e9), 0.0);
}

TEST(ActivityResponse, FeelsEngagementAsAMovingAverage) {
  const auto response = response_with(0.4, 0, 5, 0.75);
  EXPECT_DOUBLE_EQ(response.smoothed(4, 8), 5.0);
  EXPECT_DOUBLE_EQ(response.smoothed(0, 8), 2.0);
}

// 20,000 normals of deviation 0.1: five standard errors of the mean are 0.0035, of the deviation 0.0025.
TEST(ActivityResponse, DiffersBetweenCreatorsByItsSpread) {
  const auto response = response_with(0.3, 0.1);
  const Draws draws(2000, Purpose::sensitivity);
  double sum = 0, squares = 0;
  for (CreatorId c = 0; c < 20000; ++c) {
    const double x = response.sensitivity(draws, c);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / 20000;
  EXPECT_NEAR(mean, 0.3, 0.0035);
  EXPECT_NEAR(std::sqrt(squares / 20000 - mean * mean), 0.1, 0.0025);
  EXPECT_EQ(response_with(0.3).sensitivity(draws, 7), 0.3);
}

}  // namespace
}  // namespace perennial
