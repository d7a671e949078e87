#include "platform/suggest/demand.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "platform/suggest/fluid_round_for_tests.h"

namespace perennial {
namespace {

std::vector<double> worth(const Demand& demand, const std::vector<double>& supply) {
  std::vector<double> clicks(supply.size());
  demand.marginal_clicks(supply, clicks);
  return clicks;
}

TEST(Demand, OneMoreItemIsWorthItsRateWhileSlatesAreNotFull) {
  const Demand demand(std::vector<double>{0.7, 0.2}, std::vector<double>{1.0}, 2, 5);
  const auto clicks = worth(demand, {1, 1});
  EXPECT_DOUBLE_EQ(clicks[0], 0.7);
  EXPECT_DOUBLE_EQ(clicks[1], 0.2);
}

TEST(Demand, OneMoreItemDisplacesTheGenreAtWhichTheSlateRunsFull) {
  const Demand demand(std::vector<double>{0.7, 0.3, 0.1}, std::vector<double>{1.0}, 3, 5);
  const auto clicks = worth(demand, {3, 9, 9});
  EXPECT_NEAR(clicks[0], 0.4, 1e-12);
  EXPECT_EQ(clicks[1], 0.0);
  EXPECT_EQ(clicks[2], 0.0);
}

TEST(Demand, WhoComesEverySecondRoundFindsTwiceTheSupply) {
  const Demand demand(std::vector<double>{0.7, 0.3}, std::vector<double>{0.5}, 2, 4);
  EXPECT_DOUBLE_EQ(worth(demand, {1, 0})[0], 0.7);      // finds 2 for 4 places
  EXPECT_NEAR(worth(demand, {1.5, 3})[0], 0.4, 1e-12);  // finds 3, the fourth place goes to the other
  EXPECT_EQ(worth(demand, {2.5, 3})[0], 0.0);           // finds 5
}

TEST(Demand, TellsClicksDrawnFromThoseDisplaced) {
  const Demand demand(std::vector<double>{0.7, 0.3, 0.1}, std::vector<double>{1.0}, 3, 5);
  std::vector<double> drawn(3, 77), displaced(3, 77);
  demand.marginal_clicks(std::vector<double>{3, 9, 9}, drawn, displaced);
  EXPECT_EQ(drawn, (std::vector<double>{0.7, 0, 0}));
  EXPECT_EQ(displaced, (std::vector<double>{0.3, 0, 0}));
  demand.marginal_clicks(std::vector<double>{1, 1, 1}, drawn, displaced);
  EXPECT_EQ(drawn, (std::vector<double>{0.7, 0.3, 0.1}));
  EXPECT_EQ(displaced, (std::vector<double>{0, 0, 0}));  // places are left: nothing is displaced
}

TEST(Demand, DrawnLessDisplacedIsWhatOneMoreItemIsWorth) {
  const FluidRound round(5000, 6, 5, 2004);
  for (const std::size_t most_users : {2000, 5000}) {
    const auto demand = round.demand(most_users);
    const std::vector<double> supply = {0.5, 1, 1.5, 2, 0.2, 3};
    std::vector<double> drawn(6), displaced(6);
    demand.marginal_clicks(supply, drawn, displaced);
    const auto clicks = worth(demand, supply);
    for (std::size_t g = 0; g < 6; ++g) {
      EXPECT_NEAR(drawn[g] - displaced[g], clicks[g], 1e-9 * drawn[g]);
      EXPECT_GE(displaced[g], 0);
    }
  }
}

/// The slope of expected clicks, computed by filling slates one by one at two nearby supplies.
RC_GTEST_PROP(Demand, IsTheSlopeOfClicksFoundByFillingSlates, ()) {
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000000);
  const auto genres = *rc::gen::inRange<std::size_t>(1, 6);
  const FluidRound round(*rc::gen::inRange<std::size_t>(1, 8), genres, *rc::gen::inRange<std::size_t>(1, 6),
                         seed);
  std::vector<double> supply(genres);
  const Draws draws(seed, Purpose::training);
  for (std::uint32_t g = 0; g < genres; ++g) supply[g] = 3 * draws.uniform(g);
  const auto slope = worth(round.demand(), supply);
  for (std::size_t g = 0; g < genres; ++g) {
    auto more = supply;
    more[g] += 1e-8;  // short enough to cross no bend, but for one draw in ten million
    RC_ASSERT(std::abs((round.clicks(more) - round.clicks(supply)) / 1e-8 - slope[g]) < 1e-4);
  }
}

TEST(Demand, FallsAsSupplyGrows) {
  const FluidRound round(40, 6, 5, 2000);
  const auto demand = round.demand();
  std::vector<double> supply(6, 0.0), before = worth(demand, supply);
  for (int more = 0; more < 20; ++more) {
    supply[static_cast<std::size_t>(more) % 6] += 0.7;
    const auto now = worth(demand, supply);
    for (std::size_t g = 0; g < 6; ++g) EXPECT_LE(now[g], before[g] + 1e-12);
    before = now;
  }
}

// Two thousand users stand for ten thousand: their mean over 2,000 of a value with a deviation of at most 0.5 is off by
// 0.011 per user; four of those.
TEST(Demand, APartOfManyUsersStandsForAll) {
  const FluidRound round(10000, 5, 5, 2001);
  const std::vector<double> supply = {0.5, 1, 1.5, 2, 0.2};
  const auto all = worth(round.demand(10000), supply), part = worth(round.demand(2000), supply);
  for (std::size_t g = 0; g < 5; ++g) EXPECT_NEAR(part[g] / 10000, all[g] / 10000, 0.045);
}

}  // namespace
}  // namespace perennial
