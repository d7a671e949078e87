#include "study/fork_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study/platform_forks.h"
#include "study/run_moment_for_tests.h"
#include "study/value_parts.h"

namespace perennial {
namespace {

using testing::Each;

ValueSettings few_forks(const std::string& policy) {
  return {.policy = policy, .rounds = 6, .futures = 3, .creators = 5, .alternatives = 2};
}

TEST(SuggestionValues, AreExactlyZeroWhereNobodyFollows) {
  LeftRun run(
      few_people("lockin", "water-filling", 12, {{"test", "trust.mean", 0.0}, {"test", "trust.spread", 0.0}}),
      8);
  const auto values = suggestion_values(run.at(8), few_forks("water-filling"), {});
  ASSERT_GT(values.values.size(), 5U);
  for (const auto& value : values.values) EXPECT_THAT(value.measured, Each(0.0));
  EXPECT_EQ(values.horizons.back().all.slope.mean, 0.0);
}

TEST(SuggestionValues, OfWhatThePolicyDoesAnywayAreZeroAgainstItself) {
  LeftRun run(few_people("lockin", "lore-d", 12), 8);
  const auto moment = run.at(8);
  Workers workers;
  PlatformForks forks(moment.plan.simulation, moment.world, moment.cell.seed, moment.platform, workers);
  ForkPlan plain = unchanged_fork(moment, few_forks("lore-d"));
  std::vector<ForcedSuggestion> as_suggested;
  forks.look(plain, [&](Simulation&, const SuggestionRequest& request, std::span<const GenreId> suggested) {
    for (std::size_t i = 0; i < suggested.size(); ++i)
      as_suggested.push_back({request.creators[i], suggested[i]});
  });
  ASSERT_FALSE(as_suggested.empty());
  for (const std::uint64_t future : {2000U, 17U}) {
    plain.future = future;
    ForkPlan forced = plain;
    forced.forced = as_suggested;
    EXPECT_EQ(forks.play(plain).clicks, forks.play(forced).clicks);
  }
}

TEST(SuggestionValues, AreTheSameAtAnyNumberOfThreads) {
  LeftRun run(few_people("craft", "lore-d", 12), 8);
  const auto moment = run.at(8);
  const auto one = suggestion_values(moment, few_forks("lore-d"), {.threads = 1, .played = {}});
  const auto many = suggestion_values(moment, few_forks("lore-d"), {.threads = 4, .played = {}});
  EXPECT_EQ(one.header.result_hash, many.header.result_hash);
  EXPECT_EQ(one.estimate_by, "lore-d");
  EXPECT_GT(one.choices, 0U);
}

TEST(SuggestionValues, AddUpRoundByRound) {
  LeftRun run(few_people("lockin", "water-filling", 12), 8);
  const auto moment = run.at(8);
  const auto six = suggestion_values(moment, few_forks("water-filling"), {});
  auto settings = few_forks("water-filling");
  settings.rounds = 2;
  const auto two = suggestion_values(moment, settings, {});
  ASSERT_EQ(six.horizons.size(), 4U);  // 1, 2, 5, 6
  EXPECT_EQ(six.horizons[1].rounds, 2U);
  EXPECT_EQ(six.horizons[1].all.measured.mean, two.horizons.back().all.measured.mean);
  EXPECT_EQ(six.horizons[1].all.slope.high, two.horizons.back().all.slope.high);
  settings.discount = 1e-6;
  EXPECT_NEAR(suggestion_values(moment, settings, {}).horizons.back().all.measured.mean,
              six.horizons[0].all.measured.mean, 1e-3)
      << "what comes later counts for nothing";
}

TEST(SuggestionValues, OfAPolicyThatExpectsNothingAreHeldAgainstThePlatformsPrice) {
  LeftRun run(few_people("lockin", "silent", 12), 8);
  const auto values = suggestion_values(run.at(8), few_forks("silent"), {});
  EXPECT_EQ(values.estimate_by, "water-filling");
  EXPECT_EQ(values.choices, 0U);
  for (const auto& value : values.values) EXPECT_FALSE(value.chosen);
}

TEST(SuggestionValues, AFutureOfTheRunIsTheRunItselfWhereNothingIsForced) {
  LeftRun run(few_people("lockin", "water-filling", 16), 8);
  const auto moment = run.at(8);
  Workers workers;
  PlatformForks forks(moment.plan.simulation, moment.world, moment.cell.seed, moment.platform, workers);
  const auto fork = forks.play(unchanged_fork(moment, {.policy = "water-filling", .rounds = 8}));
  auto whole = run.begun();
  whole.play(16, [] { return true; });
  for (std::size_t r = 0; r < 8; ++r)
    EXPECT_EQ(fork.clicks[r], at(whole.result().rounds[8 + r], Metric::clicks));
}

TEST(ImpressionValues, HaveNoLaterPriceWhereCreatorsDoNotRespond) {
  LeftRun run(few_people("lockin", "silent", 12), 8);
  auto settings = few_forks("silent");
  settings.discount = 0.98;
  const auto values = impression_values(run.at(8), settings, {});
  EXPECT_FALSE(values.creators_respond);
  ASSERT_EQ(values.groups.size(), 1U);
  EXPECT_EQ(values.groups[0].expected_later, 0.0);
  EXPECT_GT(values.groups[0].impressions, 0.0) << "a boost brings impressions";
  EXPECT_EQ(values.groups[0].expected_posts, 0.0);
}

TEST(ImpressionValues, AreTheSameAtAnyNumberOfThreadsAndPricedWhereCreatorsRespond) {
  LeftRun run(
      few_people("responsive", "silent", 20,
                 {{"test", "recommender.dimensions", std::int64_t{4}}, {"test", "arrival.creators", 0.4}}),
      10);
  const auto moment = run.at(10);
  auto settings = few_forks("silent");
  settings.creators = 10;
  settings.discount = 0.98;
  const auto one = impression_values(moment, settings, {.threads = 1, .played = {}});
  const auto many = impression_values(moment, settings, {.threads = 3, .played = {}});
  EXPECT_EQ(one.header.result_hash, many.header.result_hash);
  EXPECT_TRUE(one.creators_respond);
  EXPECT_GT(one.groups.back().expected_later, 0.0);
  EXPECT_GT(one.groups.back().expected_posts, 0.0);
  EXPECT_GT(one.groups.back().posts.mean, 0.0) << "who is seen more posts more";
  EXPECT_GT(one.posts.slope.mean, 0.0);
  EXPECT_NEAR(one.posts.measured.mean, one.groups.back().posts.mean * one.groups.back().impressions, 1e-9);
  EXPECT_DOUBLE_EQ(one.persistence, 0.8);
}

}  // namespace
}  // namespace perennial
