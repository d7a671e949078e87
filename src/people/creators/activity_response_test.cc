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

TEST(ActivityResponse, KnowsWhatOneMoreClickAdds) {
  const auto response = response_with(0.4);
  EXPECT_NEAR(response.marginal(0.4, 3),
              (response.activity(0.2, 0.4, 3.001) - response.activity(0.2, 0.4, 2.999)) / 0.002, 1e-8);
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

/// Creator c has made 2^(c % 5) items, in genre c % 7.
Creators seen_creators(std::size_t count) {
  Creators creators;
  for (std::size_t c = 0; c < count; ++c) {
    creators.history.push_back(std::vector<GenreCount>{{static_cast<GenreId>(c % 7), 1U << (c % 5)}});
    creators.activity.push_back(0.5);
  }
  return creators;
}

TEST(ActivityResponse, FollowsNothingVisibleByDefault) {
  const Draws draws(2000, Purpose::sensitivity);
  EXPECT_TRUE(response_with(0.3, 0.1).visible(draws, seen_creators(10)).empty());
  EXPECT_EQ(response_with(0.3, 0.1).sensitivity(draws, 7, 2.5),
            response_with(0.3, 0.1).sensitivity(draws, 7));
}

// 35,000 creators: the standard error of a correlation of .8 is .002.
TEST(ActivityResponse, FollowsHomeAndCatalogueByTheShareExplained) {
  auto response = response_with(0.3, 0.1);
  response.fields().set("response", "explained", 0.64);
  const Draws draws(2000, Purpose::sensitivity);
  const auto visible = response.visible(draws, seen_creators(35000));
  double sum = 0, squares = 0, products = 0, variance = 0;
  for (CreatorId c = 0; c < visible.size(); ++c) {
    EXPECT_EQ(visible[c], visible[c % 35]) << "alike in genre and number of items";
    const double x = (response.sensitivity(draws, c, visible[c]) - 0.3) / 0.1;
    sum += visible[c];
    squares += visible[c] * visible[c];
    products += visible[c] * x;
    variance += x * x;
  }
  EXPECT_NEAR(sum / 35000, 0, 1e-9);
  EXPECT_NEAR(squares / 35000, 1, 1e-9);
  EXPECT_NEAR(variance / 35000, 1, 0.03);
  EXPECT_NEAR(products / 35000 / std::sqrt(variance / 35000), 0.8, 0.01);
}

}  // namespace
}  // namespace perennial
