#include "report/training_summary.h"

#include <gtest/gtest.h>

#include "report/comparison_for_tests.h"

namespace perennial {
namespace {

/// Two copies of 100 rounds: the trained policy draws 10 clicks in the first 50 and 30 in the last 50, one more in the
/// second copy; silent 10 and random 20 throughout.
Comparison small_training() {
  Comparison small = made_up_comparison({{"lore-d@elsewhere", 10}, {"silent", 10}, {"random", 20}}, 2, 100);
  small.command = "train";
  for (std::size_t policy = 0; policy < 3; ++policy) {
    for (std::size_t copy = 0; copy < 2; ++copy) {
      auto& run = small.policies[policy].runs[copy];
      for (std::size_t round = 0; round < 100; ++round) {
        const double trained = (round < 50 ? 10.0 : 30.0) + static_cast<double>(copy);
        at(run.rounds[round], Metric::clicks) = policy == 0 ? trained : policy == 1 ? 10 : 20;
      }
    }
  }
  for (auto& run : small.policies[0].runs) run.learning = {.train_seconds = 0, .converged_at = 0};
  small.policies[0].runs[0].learning = {.train_seconds = 5, .converged_at = 70};
  return small;
}

const std::vector<TrainingRound> two_rounds = {{.clicks = 1,
                                                .silent = 2,
                                                .random = 3,
                                                .policy_loss = 0,
                                                .entropy_nats = 0,
                                                .clip_share = 0,
                                                .explained_variance = 0,
                                                .updates = 0},
                                               {.clicks = 4,
                                                .silent = 5,
                                                .random = 6,
                                                .policy_loss = -.5,
                                                .entropy_nats = 1.5,
                                                .clip_share = .25,
                                                .explained_variance = .75,
                                                .updates = 1}};

TEST(TrainingSummary, TellsHowFarTheFirstAndTheLastRoundsAreFromSilentAndRandom) {
  const auto summary = training_summary_of(small_training(), two_rounds);
  EXPECT_EQ(summary["command"], "train");
  EXPECT_EQ(summary["policy"], "lore-d");
  EXPECT_EQ(summary["warm_start"], "elsewhere");
  EXPECT_EQ(summary["copies"], 2);
  EXPECT_DOUBLE_EQ(summary["first50_clicks_per_round"]["mean"], 10.5);
  EXPECT_DOUBLE_EQ(summary["last50_clicks_per_round"]["mean"], 30.5);
  EXPECT_DOUBLE_EQ(summary["clicks_per_round"]["mean"], 20.5);
  EXPECT_DOUBLE_EQ(summary["versus"]["silent"]["first50_clicks_per_round"]["mean"], 0.5);
  EXPECT_DOUBLE_EQ(summary["versus"]["random"]["last50_clicks_per_round"]["mean"], 10.5);
  EXPECT_LT(summary["versus"]["random"]["last50_clicks_per_round"]["ci95"][0], 10.5);
}

TEST(TrainingSummary, TellsHowLearningWentByTheCopyThatUpdatesForAll) {
  const auto summary = training_summary_of(small_training(), two_rounds);
  EXPECT_DOUBLE_EQ(summary["train_seconds_per_round"], 0.05);
  EXPECT_DOUBLE_EQ(summary["rounds_to_converge"], 70);
  EXPECT_EQ(summary["updates"], 1);
  EXPECT_DOUBLE_EQ(summary["policy_loss"], -.5);
  EXPECT_DOUBLE_EQ(summary["entropy_nats"], 1.5);
}

TEST(TrainingTable, HasARowPerRound) {
  const Table table = training_table(two_rounds);
  EXPECT_EQ(table.rows(), 2);
  EXPECT_EQ(table.integers("round"), (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(table.reals("random"), (std::vector<double>{3, 6}));
  EXPECT_EQ(table.reals("clip_share"), (std::vector<double>{0, .25}));
  EXPECT_EQ(table.integers("updates"), (std::vector<std::int64_t>{0, 1}));
}

}  // namespace
}  // namespace perennial
