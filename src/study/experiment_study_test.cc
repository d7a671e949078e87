#include "study/experiment_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "study/score_boost.h"

namespace perennial {
namespace {

using testing::HasSubstr;

/// A small study that takes a second or two; the constant learner, which needs few creators.
Plan small_plan() {
  Plan plan = make_plan("responsive", {},
                        {{"test", "world.users", std::int64_t{150}},
                         {"test", "world.creators", std::int64_t{240}},
                         {"test", "recommender.dimensions", std::int64_t{4}},
                         {"test", "recommender.epochs", std::int64_t{2}}});
  plan.rounds = 8;
  plan.experiment.warm_up = 12;
  plan.experiment.shares = "5,50";
  plan.experiment.replications = 3;
  plan.experiment.truth_batches = 4;
  plan.experiment.truth_futures = 2;
  plan.experiment.deployment_rounds = 4;
  plan.experiment.deployment_futures = 2;
  plan.experiment.learner = "constant";
  plan.experiment.multiplier = 2;
  return plan;
}

const ExperimentStudy& small_study() {
  static const auto study = study_experiment(small_plan(), open_world("youtube"), {});
  return study;
}

const DesignCell& cell_of(Design design, double share) {
  for (const auto& cell : small_study().cells) {
    if (cell.design == design && cell.share == share) return cell;
  }
  throw std::runtime_error("no such cell");
}

TEST(ExperimentStudy, IsTheSameAtAnyNumberOfThreads) {
  EXPECT_EQ(study_experiment(small_plan(), open_world("youtube"), {.threads = 3, .played = {}, .begins = {}})
                .result_hash,
            small_study().result_hash);
}

TEST(ExperimentStudy, BoostingEverybodyAlikeDoesNothing) {
  EXPECT_EQ(small_study().truth.launch_effect, 0.0);
}

TEST(ExperimentStudy, RefusesAReRankerThatWouldNotApplyItsBoosts) {
  Plan plan = small_plan();
  plan.simulation.reranker = {"p-mmf", {}};
  EXPECT_THROW(study_experiment(plan, open_world("youtube"), {}), Error);
}

TEST(ExperimentStudy, BoostingOneBringsItPosts) {
  EXPECT_GT(small_study().truth.mean, 0.0);
}

TEST(ExperimentStudy, TakesFromTheControlsWhatTheTreatedGetTheMoreTheMoreAreTreated) {
  const auto &few = cell_of(Design::creators, 0.05), &half = cell_of(Design::creators, 0.5);
  EXPECT_GT(half.treated_exposure.mean, 0.05);
  EXPECT_LT(half.control_exposure.mean, -0.05);
  EXPECT_LT(half.control_exposure.mean, few.control_exposure.mean);
}

TEST(ExperimentStudy, InterleavingOfOneFactorForAllLeavesThePlatformAsItIs) {
  const auto& half = cell_of(Design::interleaved, 0.5);
  for (const auto& replication : half.replications) {
    EXPECT_EQ(replication.treated_exposure, 0.0);
    EXPECT_EQ(replication.control_exposure, 0.0);
  }
}

TEST(ExperimentStudy, TreatsWholeGenres) {
  const std::vector<GenreId> homes = {0, 0, 0, 1, 1, 2, 2, 2, 2, 2};
  const auto treated = assign(Design::genres, 0.5, homes, "salt");
  for (std::size_t c = 1; c < homes.size(); ++c) {
    EXPECT_TRUE(homes[c] != homes[c - 1] || treated[c] == treated[c - 1]) << c;
  }
  EXPECT_EQ(std::accumulate(treated.begin(), treated.end(), 0), 5);
  const auto least = assign(Design::genres, 0.01, homes, "salt");
  EXPECT_EQ(std::accumulate(least.begin(), least.end(), 0), 2)
      << "the smallest genre, where none is small enough";
}

TEST(ExperimentStudy, TreatsTheShareAskedFor) {
  const std::vector<GenreId> homes(1000, 0);
  const auto few = assign(Design::creators, 0.02, homes, "a"),
             more = assign(Design::creators, 0.5, homes, "a");
  EXPECT_EQ(std::accumulate(few.begin(), few.end(), 0), 20);
  EXPECT_EQ(std::accumulate(more.begin(), more.end(), 0), 500);
  for (std::size_t c = 0; c < few.size(); ++c) EXPECT_LE(few[c], more[c]) << "who is treated stays so";
  EXPECT_NE(assign(Design::creators, 0.02, homes, "b"), few);
}

TEST(ExperimentStudy, RefusesAPlatformWhereNobodyResponds) {
  Plan plan = small_plan();
  use_setting(plan.simulation, "open");
  plan.simulation.response = {};
  try {
    study_experiment(plan, open_world("youtube"), {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("responsive"));
  }
}

TEST(ExperimentSettings, RefuseSharesThatAreNoPercentages) {
  ExperimentSettings settings;
  for (const char* wrong : {"", "a", "0", "100", "5,", "5;6"}) {
    settings.shares = wrong;
    EXPECT_THROW(settings.share_list(), Error) << wrong;
  }
  settings.shares = "2,50";
  EXPECT_EQ(settings.share_list(), (std::vector<double>{0.02, 0.5}));
}

TEST(ExperimentSettings, AreReadBackFromTheirToml) {
  Plan plan = small_plan();
  EXPECT_THAT(experiment_toml(plan), HasSubstr("\n[experiment]\n"));
  EXPECT_THAT(experiment_toml(plan), HasSubstr("shares = \"5,50\"\n"));
}

TEST(ScoreBoost, LeavesTheAverageImpressionItsWeight) {
  const std::vector<double> score = {-3, 0, 1, 2, 10}, exposure = {5, 1, 0, 2, 9};
  for (const double clip : {1.1, 2.0, 100.0}) {
    const auto factors = score_boost(score, exposure, 0.4, clip);
    double weighted = 0;
    for (std::size_t c = 0; c < score.size(); ++c) weighted += exposure[c] * factors[c];
    EXPECT_NEAR(weighted / 17, 1, 1e-6);
    EXPECT_LE(factors.back() / factors.front(), clip * clip * 1.000001);
    EXPECT_TRUE(std::is_sorted(factors.begin(), factors.end()));
  }
}

TEST(ScoreBoost, OfScoresAllAlikeIsOne) {
  for (const float factor : score_boost(std::vector<double>(4, 2.5), std::vector<double>(4, 1), 0.4, 2))
    EXPECT_EQ(factor, 1.0F);
}

}  // namespace
}  // namespace perennial
