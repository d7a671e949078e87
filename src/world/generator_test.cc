#include "world/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "world/catalogue.h"
#include "world/statistics.h"

namespace perennial {
namespace {

WorldDefinition builtin(const std::string& name) {
  for (auto& world : builtin_worlds()) {
    if (world.name == name) return world;
  }
  throw std::logic_error("no such world");
}

TEST(Generator, MakesValidWorldsOfTheAskedSize) {
  for (const auto& definition : builtin_worlds()) {
    for (const auto& [users, creators] : {std::pair(1, 1), std::pair(100, 50), std::pair(3'000, 700)}) {
      const auto world = generate(definition, users, creators, 5);
      EXPECT_NO_THROW(validate(world));
      EXPECT_EQ(world.users.size(), users);
      EXPECT_EQ(world.creators.size(), creators);
    }
  }
}

TEST(Generator, ALargerWorldContainsTheSmallerOne) {
  const auto definition = builtin("youtube");
  const auto small = generate(definition, 100, 50, 9), large = generate(definition, 1'000, 500, 9);
  for (UserId u = 0; u < 100; ++u) {
    EXPECT_TRUE(std::ranges::equal(small.users.interests[u], large.users.interests[u])) << "user " << u;
  }
  for (CreatorId c = 0; c < 50; ++c) {
    const auto a = small.creators.history[c], b = large.creators.history[c];
    EXPECT_TRUE(
        std::ranges::equal(a, b, [](auto x, auto y) { return x.genre == y.genre && x.count == y.count; }));
  }
}

TEST(Generator, AnotherSeedMakesAnotherWorld) {
  const auto definition = builtin("youtube");
  EXPECT_NE(generate(definition, 100, 50, 1).users.interests.values(),
            generate(definition, 100, 50, 2).users.interests.values());
}

TEST(Generator, MeetsTheSharesOfItsDefinition) {
  for (const auto& definition : builtin_worlds()) {
    const auto s = statistics_of(generate(definition, 100'000, 50'000, 3));
    for (std::size_t i = 0; i < definition.interests_per_user.size(); ++i) {
      EXPECT_NEAR(s.interests_per_user[i], definition.interests_per_user[i], 0.005)
          << definition.name << " " << i + 1;
    }
    double all = 0;
    for (const auto& genre : definition.genres) all += genre.primary_share;
    for (std::size_t g = 0; g < s.genres.size(); ++g) {
      // A main genre that made too few items to fill its side genres may tie with one of them.
      EXPECT_NEAR(s.creator_primary_share[g], definition.genres[g].primary_share / all, 0.02) << s.genres[g];
    }
  }
}

TEST(Generator, LiftsBringInterestsTogether) {
  WorldDefinition d;
  for (const auto* name : {"a", "b", "c", "d"}) d.genres.push_back({name, 1, 1, 1, 10});
  d.interests_per_user = {0, 1};
  d.genres_per_creator = {1};
  d.pair_lifts = {{0, 1, 8.0}};
  const auto s = statistics_of(generate(d, 20'000, 1, 1));
  // Of a user whose first is a (1/4), the second is b with probability 8/10; and the other way round; never else.
  EXPECT_NEAR(s.pairs[0].share, 2 * 0.25 * 0.8, 0.01);
}

TEST(Generator, DrawsActivityFromFrequencyCappedAtOne) {
  auto d = builtin("youtube");
  d.activity_from_frequency = true;
  const auto world = generate(d, 1, 20'000, 1);
  const auto& activity = world.creators.activity;
  std::vector<double> sorted = activity;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_NEAR(sorted[10'000], std::exp(d.frequency_log_mean), 0.01);
  EXPECT_EQ(sorted.back(), 1.0);
  EXPECT_GT(sorted.front(), 0.0);
}

TEST(Generator, CreatorsOfFewItemsHaveNoMoreGenresThanItems) {
  auto d = builtin("amazon-video-games");
  for (auto& genre : d.genres) genre.items = 2;
  d.items_log_deviation = 1;
  const auto world = generate(d, 1, 5'000, 1);
  EXPECT_NO_THROW(validate(world));
}

TEST(Generator, AMillionUsersAndAHundredThousandCreatorsTakeSeconds) {
  const auto world = generate(builtin("amazon-video-games"), 1'000'000, 100'000, 1);
  EXPECT_EQ(world.users.size(), 1'000'000U);
  EXPECT_NO_THROW(validate(world));
}

}  // namespace
}  // namespace perennial
