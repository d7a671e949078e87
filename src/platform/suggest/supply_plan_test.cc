#include "platform/suggest/supply_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "platform/suggest/fluid_round_for_tests.h"

namespace perennial {
namespace {

using testing::ElementsAre;

CreatorRecords makers_of(const std::vector<GenreId>& last, std::size_t genres) {
  CreatorRecords records(genres, 1);
  for (const GenreId genre : last) records.add_creator(std::vector<GenreCount>{{genre, 1}});
  return records;
}

std::vector<GenreId> planned(const Demand& demand, const CreatorRecords& records,
                             const std::vector<double>& trust, const std::vector<double>& quality = {}) {
  std::vector<CreatorId> creators(trust.size());
  std::iota(creators.begin(), creators.end(), CreatorId{0});
  std::vector<GenreId> plan(trust.size(), 77);
  plan_supply(demand, creators, records, trust, quality, plan);
  return plan;
}

TEST(SupplyPlan, MovesFirstWhoGainsMost) {
  // One place in the slate of one user, who likes genre 0 better. One item fills it: only one of the two moves, and the
  // more trusting gains more.
  const Demand demand(std::vector<double>{0.9, 0.1}, std::vector<double>{1}, 2, 1);
  EXPECT_THAT(planned(demand, makers_of({1, 1}, 2), {0.6, 1.0}), ElementsAre(1, 0));
  EXPECT_THAT(planned(demand, makers_of({1, 1}, 2), {1.0, 0.6}), ElementsAre(0, 1));
}

TEST(SupplyPlan, TellsWhoeverStandsWellToStay) {
  const Demand demand(std::vector<double>{0.9, 0.2}, std::vector<double>{1}, 2, 5);
  EXPECT_THAT(planned(demand, makers_of({0, 1, 0}, 2), {1, 1, 1}), ElementsAre(0, 0, 0));
}

TEST(SupplyPlan, MovesNobodyWhoDoesNotListen) {
  const Demand demand(std::vector<double>{0.9, 0.2}, std::vector<double>{1}, 2, 5);
  EXPECT_THAT(planned(demand, makers_of({1, 1}, 2), {0, 0}), ElementsAre(1, 1));
}

TEST(SupplyPlan, SpreadsACrowdOverTheTastesThatNobodyServes) {
  // Three users with room for one item each, and each its own genre.
  const Demand demand(std::vector<double>{0.9, 0, 0, 0, 0.8, 0, 0, 0, 0.7}, std::vector<double>{1, 1, 1}, 3,
                      1);
  auto plan = planned(demand, makers_of({0, 0, 0}, 3), {1, 1, 1});
  std::sort(plan.begin(), plan.end());
  EXPECT_THAT(plan, ElementsAre(0, 1, 2));
}

TEST(SupplyPlan, HasNothingToPlanForNobody) {
  const Demand demand(std::vector<double>{0.9, 0.2}, std::vector<double>{1}, 2, 5);
  std::vector<GenreId> none;
  plan_supply(demand, {}, makers_of({1, 1}, 2), std::vector<double>{1, 1}, {}, none);
  EXPECT_TRUE(none.empty());
}

TEST(SupplyPlan, LooksUpTrustByCreatorAndQualityByPlaceInTheList) {
  const Demand demand(std::vector<double>{0.9, 0.5}, std::vector<double>{1}, 2, 5);
  const auto records = makers_of({1, 1, 1}, 2);
  const std::vector<CreatorId> some = {0, 2};
  std::vector<GenreId> plan(2, 77);
  plan_supply(demand, some, records, std::vector<double>{0, 1, 1}, {}, plan);
  EXPECT_THAT(plan, ElementsAre(1, 0));
  plan_supply(demand, some, records, std::vector<double>{1, 1, 1}, std::vector<double>{0.1, 1, 1, 1}, plan);
  EXPECT_THAT(plan, ElementsAre(1, 0));
}

/// A creator of quality q draws q x drawn and displaces the same whatever its quality: there is one q at which moving and
/// staying are worth the same.
TEST(SupplyPlan, MovesWhenQualityTimesClicksDrawnLessThoseDisplacedIsWorthMore) {
  // The slate runs full in genre 2, which others make plenty of and do not leave.
  const Demand demand(std::vector<double>{0.9, 0.5, 0.3}, std::vector<double>{1}, 3, 3);
  const auto records = makers_of({1, 2, 2, 2, 2}, 3);
  const std::vector<double> trust = {0.8, 0, 0, 0, 0};
  constexpr double own_quality = 1.2;
  std::vector<double> drawn(3), displaced(3);
  demand.marginal_clicks(std::vector<double>{0, 0.2, 4}, drawn, displaced);
  ASSERT_GT(displaced[0], 0);
  const double stays = own_quality * drawn[1] - displaced[1];
  const double as_good = (stays + displaced[0]) / drawn[0];
  ASSERT_NEAR(as_good, (1.2 * 0.5 - 0.3 + 0.3) / 0.9, 1e-12);
  for (const double difference : {-1e-6, 1e-6}) {
    std::vector<double> quality(15, 1.0);
    quality[0] = as_good + difference;
    quality[1] = own_quality;
    quality[2] = 0;
    EXPECT_EQ(planned(demand, records, trust, quality)[0], difference > 0 ? 0 : 1) << difference;
  }
}

double clicks_of(const FluidRound& round, const std::vector<GenreId>& last, const std::vector<double>& trust,
                 const std::vector<GenreId>& plan) {
  std::vector<double> supply(round.genres);
  for (std::size_t i = 0; i < last.size(); ++i) {
    supply[last[i]] += 1 - trust[i];
    supply[plan[i]] += trust[i];
  }
  return round.clicks(supply);
}

struct Crowd {
  std::vector<GenreId> last;
  std::vector<double> trust;
};
Crowd crowd_of(std::size_t creators, std::size_t genres, std::uint64_t seed) {
  Crowd crowd;
  const Draws draws(seed, Purpose::trust);
  for (std::uint32_t c = 0; c < creators; ++c) {
    crowd.last.push_back(static_cast<GenreId>(draws.below(static_cast<std::uint32_t>(genres), c, 0)));
    crowd.trust.push_back(draws.uniform(c, 1));
  }
  return crowd;
}

// A move is judged by the slope where it starts; among few creators one item is more than that slope holds for.
RC_GTEST_PROP(SupplyPlan, OfTwentyOrMoreExpectsNoFewerClicksThanEverybodyStaying, ()) {
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000000);
  const auto genres = *rc::gen::inRange<std::size_t>(1, 7);
  const auto creators = *rc::gen::inRange<std::size_t>(20, 200);
  const FluidRound round(60, genres, *rc::gen::inRange<std::size_t>(1, creators + 2), seed);
  const auto [last, trust] = crowd_of(creators, genres, seed);
  const auto plan = planned(round.demand(), makers_of(last, genres), trust);
  for (const GenreId genre : plan) RC_ASSERT(genre < genres);
  const double stays = clicks_of(round, last, trust, last);
  RC_ASSERT(clicks_of(round, last, trust, plan) >= 0.999 * stays);
}

TEST(SupplyPlan, OfManyCreatorsLosesLittleByMovingSeveralAtATime) {
  constexpr std::size_t genres = 5, creators = 640;
  const FluidRound round(200, genres, 100, 2002);
  const auto trust = crowd_of(creators, genres, 2002).trust;
  const std::vector<GenreId> last(creators, 0);
  const double stays = clicks_of(round, last, trust, last);
  const double together =
      clicks_of(round, last, trust, planned(round.demand(), makers_of(last, genres), trust));
  auto plan = last;
  double best = stays;  // as far as moving one creator after the other gets
  for (bool gains = true; gains;) {
    gains = false;
    for (std::size_t i = 0; i < creators; ++i) {
      for (GenreId g = 0; g < genres; ++g) {
        const GenreId before = plan[i];
        plan[i] = g;
        const double now = clicks_of(round, last, trust, plan);
        const bool gain = now > best * (1 + 1e-9);
        best = gain ? now : best;
        plan[i] = gain ? g : before;
        gains = gains || gain;
      }
    }
  }
  ASSERT_GT(best, 1.01 * stays);
  EXPECT_GT(together - stays, 0.95 * (best - stays));
}

TEST(SupplyPlan, IsTheSameUnderOtherNames) {
  constexpr std::size_t genres = 5, creators = 30;
  const FluidRound round(50, genres, 12, 2003);
  const auto [last, trust] = crowd_of(creators, genres, 2003);
  const auto plan = planned(round.demand(), makers_of(last, genres), trust);
  ASSERT_NE(plan, last);
  const std::vector<GenreId> name = {3, 0, 4, 2, 1};
  FluidRound renamed = round;
  std::vector<GenreId> renamed_last(creators), expected(creators);
  std::vector<double> renamed_trust(creators);
  for (std::size_t u = 0; u < round.users; ++u) {
    for (std::size_t g = 0; g < genres; ++g)
      renamed.rates[u * genres + name[g]] = round.rates[u * genres + g];
  }
  for (std::size_t c = 0; c < creators; ++c) {
    const std::size_t other = (7 * c + 3) % creators;
    renamed_last[other] = name[last[c]];
    renamed_trust[other] = trust[c];
    expected[other] = name[plan[c]];
  }
  EXPECT_EQ(planned(renamed.demand(), makers_of(renamed_last, genres), renamed_trust), expected);
}

}  // namespace
}  // namespace perennial
