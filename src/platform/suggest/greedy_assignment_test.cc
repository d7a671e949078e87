#include "platform/suggest/greedy_assignment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "platform/suggest/fluid_round_for_tests.h"

namespace perennial {
namespace {

CreatorRecords at_home_in(const std::vector<GenreId>& homes, std::size_t genres) {
  CreatorRecords records(genres, 1);
  for (const GenreId home : homes) records.add_creator(std::vector<GenreCount>{{home, 1}});
  return records;
}

std::vector<CreatorId> everybody(std::size_t creators) {
  std::vector<CreatorId> all(creators);
  std::iota(all.begin(), all.end(), CreatorId{0});
  return all;
}

std::vector<GenreId> assigned(const Demand& demand, const CreatorRecords& records,
                              const std::vector<double>& trust, const std::vector<double>& quality = {}) {
  std::vector<GenreId> suggestions(trust.size(), 77);
  assign_greedily(demand, everybody(trust.size()), records, trust, quality, suggestions);
  return suggestions;
}

TEST(GreedyAssignment, SendsTheMostTrustingFirstToWhereAnItemIsWorthMost) {
  // One place per slate, one user each who wants genre 0, 1; all three creators make genre 2. What the second leaves
  // open of genre 1 is worth more than a second item of genre 0.
  const Demand demand(std::vector<double>{0.9, 0, 0.1, 0, 0.8, 0.1}, std::vector<double>{1, 1}, 3, 1);
  EXPECT_EQ(assigned(demand, at_home_in({2, 2, 2}, 3), {0.2, 1.0, 0.9}), (std::vector<GenreId>{1, 0, 1}));
}

TEST(GreedyAssignment, LeavesAloneWhoIsWhereItIsWorthMost) {
  const Demand demand(std::vector<double>{0.9, 0.2}, std::vector<double>{1}, 2, 5);
  EXPECT_EQ(assigned(demand, at_home_in({0, 1}, 2), {1, 1}), (std::vector<GenreId>{no_genre, 0}));
}

TEST(GreedyAssignment, DoesNotSendACreatorWhereItsQualityEatsTheGain) {
  const Demand demand(std::vector<double>{0.9, 0.5}, std::vector<double>{1}, 2, 5);
  const auto records = at_home_in({1}, 2);
  EXPECT_EQ(assigned(demand, records, {1}, {1, 1})[0], 0);
  EXPECT_EQ(assigned(demand, records, {1}, {0.5, 1})[0], no_genre);
}

TEST(GreedyAssignment, DoesNotEmptyAGenreThatIsJustSupplied) {
  // Three users want genre 0 and fill five places with its five items; one wants genre 1 and has four. Moving anybody
  // would lose three times what it gains.
  const Demand demand(std::vector<double>{0.7, 0.1, 0.7, 0.1, 0.7, 0.1, 0.1, 0.7},
                      std::vector<double>{1, 1, 1, 1}, 2, 5);
  const auto suggestions =
      assigned(demand, at_home_in({0, 0, 0, 0, 0, 1, 1, 1, 1}, 2), std::vector<double>(9, 1.0));
  EXPECT_EQ(suggestions, std::vector<GenreId>(9, no_genre));
}

/// Whoever is moved: with its own item out of the count, the item is worth more where it was sent than where it was.
RC_GTEST_PROP(GreedyAssignment, NeverSuggestsAMoveThatLoses, ()) {
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000000);
  const auto genres = *rc::gen::inRange<std::size_t>(2, 6);
  const auto creators = *rc::gen::inRange<std::size_t>(1, 12);
  const FluidRound round(*rc::gen::inRange<std::size_t>(1, 10), genres, *rc::gen::inRange<std::size_t>(1, 6),
                         seed);
  const Draws draws(seed, Purpose::training);
  std::vector<GenreId> homes;
  for (std::uint32_t c = 0; c < creators; ++c)
    homes.push_back(static_cast<GenreId>(draws.below(static_cast<std::uint32_t>(genres), c, 0)));
  // Tiny shares of an item, so that a move crosses no bend of the clicks' curve and its gain is the slope.
  std::vector<double> trust, supply(genres);
  for (std::uint32_t c = 0; c < creators; ++c) trust.push_back(1e-9 * (2 + draws.uniform(c, 1)));
  const auto suggestions = assigned(round.demand(), at_home_in(homes, genres), trust);
  for (std::size_t c = 0; c < creators; ++c) supply[homes[c]] += 1;
  const double before = round.clicks(supply);
  for (std::size_t c = 0; c < creators; ++c) {
    if (suggestions[c] == no_genre) continue;
    RC_ASSERT(suggestions[c] != homes[c]);
    supply[homes[c]] -= trust[c];
    supply[suggestions[c]] += trust[c];
  }
  RC_ASSERT(round.clicks(supply) >= before - 1e-12);
}

// Whole items bend the curve, so a single move may lose a little; all moves together must gain, and come near the best
// of all assignments, tried one by one.
TEST(GreedyAssignment, ComesNearTheBestOfAllAssignments) {
  constexpr std::size_t creators = 5, genres = 3;
  double greedy_gain = 0, best_gain = 0;
  for (std::uint64_t seed = 2000; seed < 2040; ++seed) {
    const FluidRound round(6, genres, 2, seed);
    const std::vector<GenreId> homes = {0, 0, 0, 1, 1};
    const auto clicks_of = [&](const std::vector<GenreId>& made) {
      std::vector<double> supply(genres);
      for (const GenreId g : made) supply[g] += 1;
      return round.clicks(supply);
    };
    auto suggestions =
        assigned(round.demand(), at_home_in(homes, genres), std::vector<double>(creators, 1.0));
    for (std::size_t c = 0; c < creators; ++c) {
      if (suggestions[c] == no_genre) suggestions[c] = homes[c];
    }
    const double before = clicks_of(homes);
    double best = before;
    for (int code = 0; code < 243; ++code) {
      std::vector<GenreId> made;
      for (int left = code, c = 0; c < 5; ++c, left /= 3) made.push_back(static_cast<GenreId>(left % 3));
      best = std::max(best, clicks_of(made));
    }
    greedy_gain += clicks_of(suggestions) - before;
    best_gain += best - before;
  }
  std::printf("greedy wins %.3f of what the best assignment wins\n", greedy_gain / best_gain);
  EXPECT_GT(greedy_gain, 0.8 * best_gain);
}

TEST(GreedyAssignment, AnswersThousandsOfCreatorsWithoutValuingEachAnew) {
  const FluidRound round(20, 5, 5, 2000);
  std::vector<GenreId> homes(3000, 0);
  const auto suggestions = assigned(round.demand(), at_home_in(homes, 5), std::vector<double>(3000, 0.5));
  std::size_t moved = 0;
  for (const GenreId g : suggestions) moved += g != no_genre ? 1 : 0;
  EXPECT_GT(moved, 30u);
  EXPECT_LT(moved, 3000u);
  for (const GenreId g : suggestions) EXPECT_TRUE(g == no_genre || g < 5);
}

}  // namespace
}  // namespace perennial
