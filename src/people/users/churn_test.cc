#include "people/users/churn.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

Churn churn_with(double strength, double memory = 0.8) {
  Churn churn;
  churn.fields().set("churn", "strength", strength);
  churn.fields().set("churn", "memory", memory);
  return churn;
}

TEST(Churn, IsOffByDefault) {
  EXPECT_FALSE(Churn().on());
  EXPECT_EQ(Churn().activity(0.5, 0.0), 0.5);
}

TEST(Churn, MovesTheProbabilityToArriveWithSatisfaction) {
  const auto churn = churn_with(1);
  EXPECT_DOUBLE_EQ(churn.activity(0.5, 0.5), 0.5);
  EXPECT_DOUBLE_EQ(churn.activity(0.5, 0.6), 0.6);
  EXPECT_DOUBLE_EQ(churn.activity(0.5, 0.3), 0.3);
}

TEST(Churn, NeitherDropsBelowAFifthNorRisesAboveOnePointFour) {
  const auto churn = churn_with(5);
  EXPECT_DOUBLE_EQ(churn.activity(0.5, 0.0), 0.1);
  EXPECT_DOUBLE_EQ(churn.activity(0.5, 1.0), 0.7);
  EXPECT_EQ(churn.activity(0.9, 1.0), 1.0);
}

TEST(Churn, FeelsSatisfactionAsAMovingAverage) {
  EXPECT_DOUBLE_EQ(churn_with(1, 0.75).smoothed(0.4, 0.8), 0.5);
  EXPECT_DOUBLE_EQ(churn_with(1, 0).smoothed(0.4, 0.8), 0.8);
}

}  // namespace
}  // namespace perennial
