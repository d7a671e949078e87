#include "report/curves.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace perennial {
namespace {

ComparedPolicy policy_with_clicks(const std::vector<std::vector<double>>& runs) {
  ComparedPolicy policy{"some", "", false, {}};
  for (const auto& clicks : runs) {
    RunResult run{};
    for (const double c : clicks) {
      run.rounds.emplace_back();
      at(run.rounds.back(), Metric::clicks) = c;
    }
    policy.runs.push_back(run);
  }
  return policy;
}

TEST(SmoothingWindow, IsOddAndNoneForShortRuns) {
  EXPECT_EQ(smoothing_window(1), 1U);
  EXPECT_EQ(smoothing_window(39), 1U);
  EXPECT_EQ(smoothing_window(200), 11U);
  EXPECT_EQ(smoothing_window(100000), 25U);
}

TEST(DrawnRounds, AreAllOfAShortRun) {
  EXPECT_EQ(drawn_rounds(3, 400), (std::vector<std::size_t>{0, 1, 2}));
}

TEST(DrawnRounds, KeepBothEndsOfALongRun) {
  const auto drawn = drawn_rounds(10000, 400);
  EXPECT_EQ(drawn.size(), 400U);
  EXPECT_EQ(drawn.front(), 0U);
  EXPECT_EQ(drawn.back(), 9999U);
  EXPECT_TRUE(std::is_sorted(drawn.begin(), drawn.end()));
}

TEST(CurveOf, AveragesTheRoundsAroundEachAndFewerAtBothEnds) {
  const auto curve = curve_of(policy_with_clicks({{0, 3, 6, 30}}), Metric::clicks, 3, drawn_rounds(4, 400));
  ASSERT_EQ(curve.size(), 4U);
  EXPECT_DOUBLE_EQ(curve[0].mean, 1.5);
  EXPECT_DOUBLE_EQ(curve[1].mean, 3);
  EXPECT_DOUBLE_EQ(curve[2].mean, 13);
  EXPECT_DOUBLE_EQ(curve[3].mean, 18);
}

TEST(CurveOf, SmoothsWithinASeedBeforeComparingSeeds) {
  // The seeds swing against each other: every single round differs, every average of three agrees.
  const auto policy = policy_with_clicks({{9, 0, 0, 9, 0, 0}, {0, 9, 0, 0, 9, 0}});
  const auto curve = curve_of(policy, Metric::clicks, 3, drawn_rounds(6, 400));
  EXPECT_DOUBLE_EQ(curve[2].low, 3);
  EXPECT_DOUBLE_EQ(curve[2].high, 3);
  const auto raw = curve_of(policy, Metric::clicks, 1, drawn_rounds(6, 400));
  EXPECT_LT(raw[0].low, raw[0].high);
}

}  // namespace
}  // namespace perennial
