#include "study/meta_example.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "study/meta_markets.h"

namespace perennial {
namespace {

MetaExampleOptions tiny() {
  MetaExampleOptions options;
  options.markets = 3;
  options.creators = 60;
  options.users = 30;
  options.warm_up = 6;
  options.rounds = 4;
  options.multiplier = 1.5;
  return options;
}

TEST(MetaMarkets, AreTheSameAtAnyNumberOfThreads) {
  const auto one = play_markets(tiny(), {.threads = 1, .begins = {}, .advances = {}});
  const auto two = play_markets(tiny(), {.threads = 2, .begins = {}, .advances = {}});
  ASSERT_EQ(one.table.size(), 180U);
  EXPECT_EQ(one.table.outcome("posts"), two.table.outcome("posts"));
  EXPECT_EQ(one.expected_posts, two.expected_posts);
  EXPECT_EQ(one.table.ids[179], "m2-59");
}

TEST(MetaMarkets, ReadHomesByNameWhicheverMarketTheyComeFrom) {
  const auto markets = play_markets(tiny(), {});
  const auto& home = markets.table.schema.features.back();
  std::vector<float> rows(markets.table.size() * markets.table.schema.size());
  markets.table.features->read(0, rows);
  for (std::size_t i = markets.table.schema.size() - 1; i < rows.size(); i += markets.table.schema.size())
    EXPECT_LT(rows[i], static_cast<float>(home.categories.size()));
  auto names = home.categories;
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

TEST(MetaMarkets, WithoutABoostAreAsIfUntouched) {
  auto options = tiny();
  options.multiplier = 1;
  const auto markets = play_markets(options, {});
  EXPECT_EQ(markets.expected_posts, markets.untouched_posts);
  EXPECT_EQ(markets.table.outcome("impressions"), markets.untouched_exposure);
}

Lift lift_of(double mean, double se) {
  Lift lift;
  lift.estimate = normal_estimate(mean, se);
  return lift;
}

/// An example with all that claims are judged by.
MetaExample made_up() {
  MetaExample example;
  for (const char* outcome : {"posts", "clicks"}) {
    OutcomeEffect effect;
    effect.outcome = outcome;
    effect.lift = lift_of(.05, .01);
    example.analysis.effects.push_back(effect);
  }
  example.fits.resize(2);
  example.fits[1].outcome_features = {"posts_before", "clicks_before", "home"};
  example.fits[1].loss_ratio = .7;
  example.fits[1].placebo_loss_ratios = {.69};
  example.fits[1].by_top_feature.difference = normal_estimate(.014, .003);
  example.fits[0].by_score.difference = normal_estimate(.03, .005);
  example.fits[1].by_score.difference = normal_estimate(.01, .02);
  example.true_paper_less_early_stopped = normal_estimate(-.1, .01);
  return example;
}

/// Of the claim whose text begins so.
ClaimVerdict verdict_of(MetaExample example, const std::string& beginning) {
  judge_claims(example);
  return std::ranges::find_if(example.claims,
                              [&](const MetaClaim& claim) { return claim.claim.starts_with(beginning); })
      ->verdict;
}

TEST(MetaClaims, GoByTheirStatedRules) {
  auto example = made_up();
  EXPECT_EQ(verdict_of(example, "Creators who are seen"), ClaimVerdict::direction);
  EXPECT_EQ(verdict_of(example, "The first two models"), ClaimVerdict::direction);
  EXPECT_EQ(verdict_of(example, "The third model's loss"), ClaimVerdict::fails);
  EXPECT_EQ(verdict_of(example, "Split on"), ClaimVerdict::holds);
  EXPECT_EQ(verdict_of(example, "Creators of high score"), ClaimVerdict::untestable) << "the preset's";
  EXPECT_EQ(verdict_of(example, "1,000 rounds"), ClaimVerdict::fails);
  EXPECT_EQ(verdict_of(example, "An experiment of this size"), ClaimVerdict::fails);
}

TEST(MetaClaims, TurnWithTheEvidence) {
  auto example = made_up();
  example.analysis.effects[0].lift = lift_of(.0019, .0005);
  EXPECT_EQ(verdict_of(example, "Creators who are seen"), ClaimVerdict::holds);
  example.analysis.effects[0].lift = lift_of(-.01, .001);
  EXPECT_EQ(verdict_of(example, "Creators who are seen"), ClaimVerdict::fails);
  example.fits[1].placebo_loss_ratios = {.95};
  EXPECT_EQ(verdict_of(example, "The third model's loss"), ClaimVerdict::holds);
  example.fits[1].placebo_loss_ratios.clear();
  EXPECT_EQ(verdict_of(example, "The third model's loss"), ClaimVerdict::untestable);
}

}  // namespace
}  // namespace perennial
