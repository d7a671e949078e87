#include "report/layout.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

TEST(TickRange, IsRoundAndHoldsEverything) {
  const TickRange range = tick_range(7.3, 158.9, 5);
  EXPECT_DOUBLE_EQ(range.low, 0);
  EXPECT_DOUBLE_EQ(range.high, 200);
  EXPECT_DOUBLE_EQ(range.step, 50);
}

TEST(TickRange, OfOneValueIsNotEmpty) {
  for (const double value : {0.0, 0.5, -3.0}) {
    const TickRange range = tick_range(value, value, 5);
    EXPECT_LT(range.low, value);
    EXPECT_GT(range.high, value);
  }
}

TEST(TickRange, AlwaysHoldsTheValuesAndFewTicks) {
  EXPECT_TRUE(rc::check([] {
    const double least = *rc::gen::inRange(-1000000, 1000000) / 97.0;
    const double most = least + *rc::gen::inRange(1, 1000000) / 97.0;
    const TickRange range = tick_range(least, most, 5);
    const double slack = 1e-6 * range.step;
    RC_ASSERT(range.low <= least + slack);
    RC_ASSERT(range.high >= most - slack);
    RC_ASSERT((range.high - range.low) / range.step < 8.5);
  }));
}

TEST(MovedApart, LeavesWhatHasRoom) {
  EXPECT_EQ(moved_apart({10, 50, 90}, 15, 0, 100), (std::vector<double>{10, 50, 90}));
}

TEST(MovedApart, SharesTheWayBetweenNeighbours) {
  EXPECT_EQ(moved_apart({50, 52}, 10, 0, 100), (std::vector<double>{46, 56}));
}

TEST(MovedApart, KeepsGapAndBoundsWhereTheyFit) {
  EXPECT_TRUE(rc::check([] {
    auto wanted = *rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(0, 300), [](int v) { return double(v); }));
    if (wanted.size() > 20) wanted.resize(20);
    std::sort(wanted.begin(), wanted.end());
    const auto places = moved_apart(wanted, 15, 0, 300);
    RC_ASSERT(places.size() == wanted.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      RC_ASSERT(places[i] >= -1e-9);
      RC_ASSERT(places[i] <= 300 + 1e-9);
      if (i > 0) RC_ASSERT(places[i] - places[i - 1] >= 15 - 1e-9);
    }
  }));
}

}  // namespace
}  // namespace perennial
