#include "platform/suggest/gae.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace perennial {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

const std::vector<double> rewards = {1, 0, 2}, values = {0.5, 1, 1.5, 2};

TEST(GeneralizedAdvantages, AreWhatAHandComputes) {
  // gamma .9, lambda .5: d = 1 + .9 - .5, .9 x 1.5 - 1, 2 + .9 x 2 - 1.5 = 1.4, .35, 2.3
  // A = 1.4 + .45 x 1.385, .35 + .45 x 2.3, 2.3
  EXPECT_THAT(generalized_advantages(rewards, values, 0.9, 0.5),
              Pointwise(testing::DoubleNear(1e-12), {2.02325, 1.385, 2.3}));
}

TEST(GeneralizedAdvantages, WithLambdaZeroAreTheOneStepErrors) {
  EXPECT_THAT(generalized_advantages(rewards, values, 0.9, 0),
              Pointwise(testing::DoubleNear(1e-12), {1.4, 0.35, 2.3}));
}

TEST(GeneralizedAdvantages, WithLambdaOneAreDiscountedRewardsAndTheLastValueLessTheFirst) {
  const auto a = generalized_advantages(rewards, values, 0.9, 1);
  EXPECT_THAT(a[0], DoubleNear(1 + 0.81 * 2 + std::pow(0.9, 3) * 2 - 0.5, 1e-12));
  EXPECT_THAT(a[2], DoubleNear(2 + 0.9 * 2 - 1.5, 1e-12));
}

TEST(GeneralizedAdvantages, OfNoRoundsAreNone) {
  EXPECT_TRUE(generalized_advantages({}, std::vector<double>{3}, 0.9, 0.5).empty());
}

}  // namespace
}  // namespace perennial
