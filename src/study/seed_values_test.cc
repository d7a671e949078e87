#include "study/seed_values.h"

#include <gtest/gtest.h>

#include <vector>

namespace perennial {
namespace {

ComparedPolicy policy_with_clicks(std::initializer_list<std::vector<double>> runs) {
  ComparedPolicy policy{.name = "silent", .summary = "", .uses_truth = false, .runs = {}};
  for (const auto& clicks : runs) {
    RunResult run{};
    double total = 0;
    for (const double c : clicks) {
      RoundMetrics metrics{};
      at(metrics, Metric::clicks) = c;
      at(metrics, Metric::cumulative_clicks) = total += c;
      run.rounds.push_back(metrics);
    }
    policy.runs.push_back(run);
  }
  return policy;
}

TEST(SeedValues, AverageARoundsMetricOverTheRun) {
  const auto policy = policy_with_clicks({{1, 2, 6}, {4, 4, 4}});
  EXPECT_EQ(seed_values(policy, Metric::clicks), (std::vector<double>{3, 4}));
}

TEST(SeedValues, OfTheLastRoundsLeaveOutEarlierOnes) {
  const auto policy = policy_with_clicks({{1, 2, 6}, {4, 4, 4}});
  EXPECT_EQ(seed_values(policy, Metric::clicks, 2), (std::vector<double>{4, 4}));
}

TEST(SeedValues, OfMoreRoundsThanWerePlayedTakeThemAll) {
  const auto policy = policy_with_clicks({{1, 2, 6}});
  EXPECT_EQ(seed_values(policy, Metric::clicks, 50), (std::vector<double>{3}));
}

TEST(SeedValues, TakeTheLastValueOfWhatAccumulates) {
  const auto policy = policy_with_clicks({{1, 2, 6}, {4, 4, 4}});
  EXPECT_EQ(seed_values(policy, Metric::cumulative_clicks), (std::vector<double>{9, 12}));
}

}  // namespace
}  // namespace perennial
