#include "platform/rerank/relevance.h"

#include <gtest/gtest.h>

#include <cmath>

namespace perennial {
namespace {

TEST(Relevance, OfARateIsTheRateCutAtOne) {
  EXPECT_EQ(relevance(0.25F, false), 0.25);
  EXPECT_EQ(relevance(1.5F, false), 1.0);
  EXPECT_EQ(relevance(0.0F, false), 0.0);
}

TEST(Relevance, OfLogOddsIsTheProbability) {
  EXPECT_EQ(relevance(0.0F, true), 0.5);
  EXPECT_NEAR(relevance(static_cast<float>(std::log(3.0)), true), 0.75, 1e-7);
  EXPECT_NEAR(relevance(-800.0F, true), 0.0, 1e-300);
  EXPECT_EQ(relevance(800.0F, true), 1.0);
}

}  // namespace
}  // namespace perennial
