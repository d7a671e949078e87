// Each condition's estimate on simulated logs whose answer is known, and where there is nothing to find.
#include <gtest/gtest.h>

#include <cmath>

#include "respond/theory/content_gap.h"
#include "respond/theory/diagnosis_for_tests.h"
#include "respond/theory/discounting.h"
#include "respond/theory/panel_response.h"
#include "respond/theory/ratio_sums.h"
#include "respond/theory/within_creators.h"

namespace perennial {
namespace {

// 400 platforms each: with a true 95%, fewer than 92.4% or more than 97.6% come once in 70 times, and seeds are fixed.
constexpr int platforms = 400;

/// How often an interval held the truth, and how often it was above or below 0.
struct Tally {
  int covered = 0, alarms = 0;
  double sum = 0;

  void add(const Estimate& estimate, double truth) {
    covered += estimate.low <= truth && truth <= estimate.high;
    alarms += estimate.low > 0 || estimate.high < 0;
    sum += estimate.mean;
  }
  double mean() const { return sum / platforms; }
};

void expect_ninety_five_percent(const Tally& tally) {
  EXPECT_GE(tally.covered, platforms * .924) << tally.mean();
  EXPECT_LE(tally.covered, platforms * .976);
}

// 1. Discounting.

/// Users who come back with probability `back` each period until they stay away for good, and engage with one item each time.
Discounting simulated_discounting(std::uint64_t seed, double back) {
  constexpr std::size_t periods = 6;
  DiscountingEstimator estimator(periods, .5);
  const Draws draws(seed, Purpose::user_arrival);
  for (std::uint32_t u = 0; u < 400; ++u) {
    std::vector<std::uint8_t> active(periods);
    std::vector<double> engagement(periods);
    std::size_t t = draws.below(3, u);
    do {
      active[t] = 1;
      engagement[t] = 1;
    } while (++t < periods && draws.coin(back, u, static_cast<std::uint32_t>(t), 1));
    estimator.add(active, engagement);
  }
  return *estimator.result();
}

TEST(Discounting, CoversTheChanceOfReturningAndWhatComesLater) {
  Tally returning, later, discounted;
  const double back = .6;
  const double ahead = back + back * back + back * back * back;  // three periods on
  const double worth = back / 2 + back * back / 4 + back * back * back / 8;
  for (int s = 0; s < platforms; ++s) {
    const auto found = simulated_discounting(static_cast<std::uint64_t>(s), back);
    returning.add(found.returning_share, back);
    later.add(found.later_share, ahead / (1 + ahead));
    discounted.add(found.discounted_later_share, worth / (1 + worth));
  }
  expect_ninety_five_percent(returning);
  expect_ninety_five_percent(later);
  expect_ninety_five_percent(discounted);
}

TEST(Discounting, IsNothingWhereNobodyComesBack) {
  const auto found = simulated_discounting(1, 0);
  EXPECT_EQ(found.returning_share.high, 0);
  EXPECT_EQ(found.later_share.high, 0);
  EXPECT_EQ(found.users, 400U);
}

// 2. Gap between best now and best later.

/// One creator in five draws twice the engagement per impression; `stay` is what it posts later, against 2 of the others.
CreatorPeriods two_kinds(std::uint64_t seed, double best_rate, double best_later_posts) {
  CreatorPeriods logs{.periods = 2, .counts = {}};
  const Draws draws(seed, Purpose::creation);
  for (std::uint32_t c = 0; c < 400; ++c) {
    const bool best = c % 5 == 0;
    for (std::uint32_t t = 0; t < 2; ++t) {
      PeriodCounts counts;
      counts.posts = t == 0 ? 2 : poisson(draws, best ? best_later_posts : 2, c, t);
      counts.impressions = 400 * counts.posts;  // enough to tell the two kinds apart
      const double mean = counts.impressions * (best ? best_rate : .1) / 2;
      counts.engagement_first_half = poisson(draws, mean, c, t, 1);
      counts.engagement_second_half = poisson(draws, mean, c, t, 2);
      logs.counts.push_back(counts);
    }
  }
  return logs;
}

TEST(ContentGap, CoversHowMuchLessFollowsTheBestOfNow) {
  Tally gap, now, later;
  for (int s = 0; s < platforms; ++s) {
    const auto found = content_gap(two_kinds(static_cast<std::uint64_t>(s), .3, .5), .8);
    ASSERT_TRUE(found.has_value());
    gap.add(found->gap, 1 - .5 / 2);
    now.add(found->short_run_advantage, 2);
    later.add(found->long_run_advantage, 3 * (1 + .8 * .25) / (1 + .8) - 1);
  }
  expect_ninety_five_percent(gap);
  expect_ninety_five_percent(now);
  expect_ninety_five_percent(later);
}

TEST(ContentGap, IsNoneWhereTheBestKeepPostingLikeTheRest) {
  Tally gap;
  for (int s = 0; s < platforms; ++s)
    gap.add(content_gap(two_kinds(static_cast<std::uint64_t>(s), .3, 2), .8)->gap, 0);
  expect_ninety_five_percent(gap);
  EXPECT_NEAR(gap.mean(), 0, .02);
}

TEST(ContentGap, DoesNotTakeLuckForQualityWhereAllAreEquallyGood) {
  Tally gap, now;
  for (int s = 0; s < platforms; ++s) {
    const auto found = content_gap(two_kinds(static_cast<std::uint64_t>(s), .1, 2), .8);
    gap.add(found->gap, 0);
    now.add(found->short_run_advantage, 0);
  }
  expect_ninety_five_percent(gap);
  expect_ninety_five_percent(now);
}

TEST(ContentGap, IsNotGuessedFromAFewCreators) {
  EXPECT_FALSE(content_gap(simulate_creators({.creators = 24}, 1), .9).has_value());
  EXPECT_FALSE(content_gap(simulate_creators({.periods = 1}, 1), .9).has_value());
}

// 3. Response without an experiment.

TEST(WithinCreators, CoversAResponseThatIsThere) {
  Tally response;
  for (int s = 0; s < platforms; ++s) {
    const auto found =
        within_creators_response(simulate_creators({.response = .1}, static_cast<std::uint64_t>(s)));
    ASSERT_TRUE(found.has_value());
    response.add(found->effect, .1);
  }
  expect_ninety_five_percent(response);
  EXPECT_NEAR(response.mean(), .1, .005);
}

TEST(WithinCreators, FindsNoneWherePostsDependOnTheCreatorAlone) {
  Tally response, difference;
  for (int s = 0; s < platforms; ++s) {
    const auto found =
        within_creators_response(simulate_creators({.creators = 300}, static_cast<std::uint64_t>(s)));
    response.add(found->effect, 0);
    difference.add(*found->difference, 0);
  }
  expect_ninety_five_percent(response);
  expect_ninety_five_percent(difference);
  EXPECT_NEAR(response.mean(), 0, .005) << "ordinary within-regression would be biased here";
}

TEST(WithinCreators, IsNotGuessedWhereEngagementFollowsPostsOneToOne) {
  auto logs = simulate_creators({}, 3);
  for (auto& counts : logs.counts) {
    counts.engagement_first_half = counts.posts;
    counts.engagement_second_half = counts.posts;
  }
  EXPECT_FALSE(within_creators_response(logs).has_value());
  EXPECT_FALSE(within_creators_response(simulate_creators({.periods = 3}, 1)).has_value());
}

TEST(WithinCreators, MayBeginAtDifferentTimes) {
  auto logs = simulate_creators({.creators = 2000, .response = .1}, 5);
  for (std::size_t c = 0; c < logs.creators(); c += 3) {
    for (std::size_t t = 0; t < 1 + c % 4; ++t) logs.counts[c * logs.periods + t] = {};
  }
  const auto found = within_creators_response(logs);
  EXPECT_GT(found->creators, 1950U) << "those that begin four periods before the end or earlier";
  EXPECT_NEAR(found->effect.mean, .1, 3 * found->effect.se);
  EXPECT_LT(found->effect.se, .02);
}

// 3. Response with an experiment.

/// Treatment brings 2 more engagements than the 4 of control, and each of them `per_engagement` posts times the creator's fifth.
struct SimulatedPanel {
  std::vector<std::uint8_t> treated;
  std::vector<double> posts, engagement, posts_before, engagement_before;

  SimulatedPanel(std::uint64_t seed, double per_engagement, double by_fifth) {
    const Draws draws(seed, Purpose::sensitivity);
    for (std::uint32_t c = 0; c < 1000; ++c) {
      const double before = draws.uniform(c);
      const double fifth = std::floor(5 * before);
      treated.push_back(draws.coin(.5, c, 1));
      engagement_before.push_back(before);
      engagement.push_back(poisson(draws, treated.back() ? 6 : 4, c, 2));
      posts_before.push_back(poisson(draws, 2, c, 3));
      posts.push_back(2 + draws.normal(c, 4) +
                      treated.back() * 2 * (per_engagement + by_fifth * (fifth - 2)));
    }
  }

  PanelColumns columns(bool experiment = true) const {
    return {.treated = experiment ? std::span<const std::uint8_t>(treated) : std::span<const std::uint8_t>(),
            .outcome = posts,
            .engagement = engagement,
            .outcome_before = posts_before,
            .engagement_before = engagement_before,
            .outcome_name = "posts",
            .engagement_name = "likes"};
  }
};

TEST(ExperimentResponse, CoversEffectDifferenceAndPostsPerEngagement) {
  Tally effect, difference, per_engagement, relative;
  for (int s = 0; s < platforms; ++s) {
    const SimulatedPanel panel(static_cast<std::uint64_t>(s), .2, .1);
    const auto found = experiment_response(panel.columns());
    effect.add(found.effect, .4);
    relative.add(found.relative, .2);
    difference.add(*found.difference, .8);
    per_engagement.add(*found.posts_per_engagement, .2);
  }
  for (const auto& tally : {effect, relative, difference, per_engagement}) expect_ninety_five_percent(tally);
}

TEST(ExperimentResponse, CallsCreatorsAlikeDifferentInOneOfTwentyExperiments) {
  Tally effect;
  int different = 0;
  for (int s = 0; s < platforms; ++s) {
    const SimulatedPanel panel(static_cast<std::uint64_t>(s), 0, 0);
    const auto found = experiment_response(panel.columns());
    effect.add(found.effect, 0);
    different += *found.difference_p < .05;
    ASSERT_EQ(found.groups.size(), 5U);
    EXPECT_EQ(found.groups.front().group, "fifth 1 by likes before");
  }
  expect_ninety_five_percent(effect);
  EXPECT_NEAR(different / double(platforms), .05, .028);
}

TEST(BetweenCreators, CoversTheSlopeAndNoSlope) {
  Tally none, some;
  for (int s = 0; s < platforms; ++s) {
    SimulatedPanel panel(static_cast<std::uint64_t>(s), 0, 0);
    none.add(between_creators_response(panel.columns(false))->effect, 0);
    for (std::size_t c = 0; c < panel.posts.size(); ++c)
      panel.posts[c] += .5 * panel.engagement_before[c] + .3 * panel.posts_before[c];
    some.add(between_creators_response(panel.columns(false))->effect, .5);
  }
  expect_ninety_five_percent(none);
  expect_ninety_five_percent(some);
}

// The pieces.

TEST(RatioSums, AreCutOffAtNothingAndEverything) {
  RatioSums sums;
  sums.add(0, 50);
  sums.add(1, 1);
  EXPECT_EQ(sums.share().low, 0);
  EXPECT_NEAR(sums.ratio(), 1 / 51.0, 1e-15);
  EXPECT_FALSE(RatioSums().defined());
}

// What follows from the numbers.

Diagnosis with_response(ResponseEvidence evidence, double effect, double se) {
  Diagnosis diagnosis;
  diagnosis.response.emplace();
  diagnosis.response->evidence = evidence;
  diagnosis.response->effect = normal_estimate(effect, se);
  diagnosis.response->posts_per_engagement = normal_estimate(effect, se);
  diagnosis.response->engagement_per_post = 10;
  judge(diagnosis);
  return diagnosis;
}

TEST(Verdict, NeedsAResponseThatPays) {
  const auto experiment = ResponseEvidence::experiment;
  EXPECT_EQ(with_response(experiment, .05, .01).verdict, DiagnosisVerdict::worth_it);
  EXPECT_NEAR(with_response(experiment, .05, .01).later_per_engagement->mean, .9 * .05 * 10, 1e-12);
  EXPECT_EQ(with_response(experiment, .0005, .0001).verdict, DiagnosisVerdict::not_worth_it);
  EXPECT_EQ(with_response(experiment, 0, .0001).verdict, DiagnosisVerdict::not_worth_it);
  EXPECT_EQ(with_response(experiment, -.05, .01).verdict, DiagnosisVerdict::not_worth_it);
  EXPECT_EQ(with_response(experiment, 0, .01).verdict, DiagnosisVerdict::insufficient_data);
}

TEST(Verdict, WithoutAnExperimentAsksForOne) {
  EXPECT_EQ(with_response(ResponseEvidence::within_creators, .05, .01).verdict,
            DiagnosisVerdict::run_an_experiment);
  Diagnosis nothing;
  nothing.why_not[2] = "no table posts";
  judge(nothing);
  EXPECT_EQ(nothing.verdict, DiagnosisVerdict::insufficient_data);
  EXPECT_NE(nothing.reason.find("no table posts"), std::string::npos);
}

}  // namespace
}  // namespace perennial
