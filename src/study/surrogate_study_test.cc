#include "study/surrogate_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace perennial {
namespace {

CreatorDecision decision(std::uint8_t fifth, bool repeated) {
  return {.person = 0,
          .fifth = fifth,
          .repeated = repeated,
          .made_trending = false,
          .trending = false,
          .knew = repeated,
          .known_weight = 0,
          .known_other = 2,
          .unknown = 3};
}

/// People who follow rules that differ from those as they come in every setting.
Plan odd_people(std::int64_t rounds, std::int64_t seeds) {
  return make_plan("open", "",
                   {{"test", "run.policies", std::string("silent")},
                    {"test", "run.rounds", rounds},
                    {"test", "run.seeds", seeds},
                    {"test", "run.first_seed", std::int64_t{2000}},
                    {"test", "creator_model.repeat_rates", std::string("0.2,0.4,0.5,0.6,0.8")},
                    {"test", "creator_model.known_share", 0.3},
                    {"test", "creator_model.herding", 0.4},
                    {"test", "user_model.in_interest", 0.5},
                    {"test", "user_model.out_of_interest", 0.1}});
}

TEST(FitSurrogate, TakesSharesWhereNothingIsHidden) {
  PeopleDecisions decisions;
  for (int i = 0; i < 10; ++i) decisions.creators.push_back(decision(1, i < 7));
  decisions.users.push_back({.in_interest = {.items = 10, .clicked = 4, .quality = 8},
                             .out_of_interest = {.items = 20, .clicked = 2, .quality = 20}});
  const Surrogate before{.repeat = {0.1, 0.2, 0.3, 0.4, 0.5}, .known_share = 0.5, .herding = 0.25};
  const auto fitted = fit_surrogate(decisions, before);
  EXPECT_NEAR(fitted.repeat[1], 0.7, 1e-9);
  EXPECT_DOUBLE_EQ(fitted.repeat[0], before.repeat[0]) << "nobody decided in that fifth";
  EXPECT_DOUBLE_EQ(fitted.herding, before.herding) << "nothing was trending";
  EXPECT_NEAR(fitted.known_share, 0, 1e-6) << "all moves were to genres unknown before";
  EXPECT_DOUBLE_EQ(fitted.in_interest, 0.5) << "4 clicks on items of quality 8 in all";
  EXPECT_DOUBLE_EQ(fitted.out_of_interest, 0.1);
}

TEST(FitSurrogate, TellsHerdingFromChanceHits) {
  PeopleDecisions decisions;
  // 100 moves to unknown genres, one of four of which is trending: 40 there, of which 20 by chance.
  for (int i = 0; i < 100; ++i) {
    auto d = decision(0, false);
    d.unknown = 4;
    d.trending = true;
    d.made_trending = i < 40;
    decisions.creators.push_back(d);
  }
  EXPECT_NEAR(fit_surrogate(decisions, {}).herding, 0.2, 1e-4) << "0.2 + 0.8 / 4 = 0.4";
}

// 12,000 decisions of creators, 60,000 of users: five standard errors of shares of a few hundred decisions.
TEST(StudySurrogate, FindsTheRulesThatPeopleGoBy) {
  const auto plan = odd_people(120, 3);
  const auto study = study_surrogate(plan, open_world("youtube"), {});
  const std::array<double, 5> truth = {0.2, 0.4, 0.5, 0.6, 0.8};
  for (std::size_t fifth = 0; fifth < truth.size(); ++fifth) {
    if (study.repeat[fifth].decisions < 100) continue;
    const double se = std::sqrt(0.25 / static_cast<double>(study.repeat[fifth].decisions));
    EXPECT_NEAR(study.fitted.repeat[fifth], truth[fifth], 5 * se) << fifth;
  }
  EXPECT_NEAR(study.fitted.known_share, 0.3, 0.08);
  EXPECT_NEAR(study.fitted.herding, 0.4, 0.08);
  EXPECT_NEAR(study.fitted.in_interest, 0.5, 0.02);
  EXPECT_NEAR(study.fitted.out_of_interest, 0.1, 0.02);
  EXPECT_LT(study.held_out.bits_fitted, study.held_out.bits_published);
}

TEST(StudySurrogate, PlaysTheFittedRulesOnTheSameCoins) {
  const auto study = study_surrogate(odd_people(40, 3), open_world("youtube"), {});
  const auto observed = clicks_per_round(study.seeds, &SurrogateSeed::observed),
             fitted = clicks_per_round(study.seeds, &SurrogateSeed::fitted),
             published = clicks_per_round(study.seeds, &SurrogateSeed::published);
  EXPECT_LT(std::abs(interval_of(fitted).mean - interval_of(observed).mean),
            0.05 * interval_of(observed).mean);
  EXPECT_GT(interval_of(published).mean, 1.2 * interval_of(observed).mean) << "users as they come click more";
}

TEST(StudySurrogate, IsTheSameAtAnyNumberOfThreads) {
  const auto plan = odd_people(10, 2);
  const auto one = study_surrogate(plan, open_world("youtube"), {.threads = 1}),
             two = study_surrogate(plan, open_world("youtube"), {.threads = 2});
  EXPECT_EQ(to_toml(one.surrogate_plan), to_toml(two.surrogate_plan));
  EXPECT_EQ(one.seeds[1].fitted, two.seeds[1].fitted);
}

TEST(StudySurrogate, WritesAPlanThatCanBePlayed) {
  const auto study = study_surrogate(odd_people(10, 1), open_world("youtube"), {});
  EXPECT_EQ(study.surrogate_plan.simulation.creator_model.name, "bounded");
  EXPECT_THAT(to_toml(study.surrogate_plan), testing::HasSubstr("repeat_rates = \""));
}

TEST(StudySurrogate, RefusesSeveralPolicies) {
  auto plan = odd_people(10, 1);
  plan.policies = "silent,random";
  EXPECT_THROW(study_surrogate(plan, open_world("youtube"), {}), Error);
}

TEST(Alignment, IsThatOfSomebodyWhoWatchesByInterest) {
  const auto a = alignment_of(0.8, 0.2, 3);
  EXPECT_DOUBLE_EQ(a.recall, 0.8);
  EXPECT_DOUBLE_EQ(a.precision, 0.8 / 1.4);
  EXPECT_DOUBLE_EQ(a.accuracy, (0.8 + 3 * 0.8) / 4);
  EXPECT_DOUBLE_EQ(a.f1, 2 * 0.8 * (0.8 / 1.4) / (0.8 + 0.8 / 1.4));
}

TEST(RepeatRates, KnowThatDecisionsOfOneCreatorHangTogether) {
  std::vector<CreatorDecision> together, apart;
  for (std::uint32_t i = 0; i < 100; ++i) {
    auto d = decision(2, i < 50);
    d.person = i / 10;
    together.push_back(d);
    d.person = i;
    apart.push_back(d);
  }
  const auto wide = repeat_rates_of(together)[2].rate, narrow = repeat_rates_of(apart)[2].rate;
  EXPECT_DOUBLE_EQ(wide.mean, 0.5);
  EXPECT_GT(wide.se, 3 * narrow.se) << "ten creators of ten like decisions know ten things";
  EXPECT_EQ(repeat_rates_of(apart)[0].decisions, 0U);
}

}  // namespace
}  // namespace perennial
