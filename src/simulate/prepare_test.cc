#include "simulate/prepare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "simulate/small_run_for_tests.h"

namespace perennial {
namespace {

std::vector<double> home_shares(const World& world) {
  std::vector<double> shares(world.genres.size());
  for (std::size_t c = 0; c < world.creators.size(); ++c) {
    EXPECT_EQ(world.creators.history[c].size(), 1u);
    shares[world.creators.history[c][0].genre] += 1.0 / static_cast<double>(world.creators.size());
  }
  return shares;
}

// 4,000 creators: five standard errors of a share of one half are 0.04.
TEST(Homes, AreTheGenresMostUsersLikeByTheirShares) {
  World world = small_world(0, 4000);
  for (const GenreId likes :
       std::vector<GenreId>{3, 3, 3, 3, 1, 1, 1, 4, 4, 0}) {  // 3, then 1, then 4, then 0; nobody likes 2
    world.users.interests.push_back(std::vector<GenreId>{likes});
    world.users.activity.push_back(0.5);
  }
  concentrate_homes(world, "50/30/10/10", 2000);
  const auto shares = home_shares(world);
  EXPECT_NEAR(shares[3], 0.5, 0.04);
  EXPECT_NEAR(shares[1], 0.3, 0.04);
  EXPECT_NEAR(shares[4], 0.1, 0.03);
  EXPECT_NEAR(shares[0], 0.1, 0.03);
  EXPECT_EQ(shares[2], 0.0);
}

TEST(Homes, KeepTheNumberOfItemsThatWereMade) {
  const World before = small_world();
  World world = before;
  concentrate_homes(world, "1/1", 2000);
  for (std::size_t c = 0; c < world.creators.size(); ++c) {
    std::uint32_t items = 0;
    for (const auto& past : before.creators.history[c]) items += past.count;
    EXPECT_EQ(world.creators.history[c][0].count, items);
  }
  validate(world);
}

TEST(Homes, SharesThatMakeNoSenseAreRefused) {
  for (const auto* shares : {"", "50/", "50/x", "-1/2", "0/0", "nan", "1/1/1/1/1/1"}) {
    World world = small_world();
    try {
      concentrate_homes(world, shares, 1);
      ADD_FAILURE() << shares;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr("homes.shares")) << shares;
    }
  }
}

TEST(Past, HasTenNegativesForEveryClick) {
  World world = small_world();
  const auto past = past_interactions(world, {}, 2000);
  ASSERT_EQ(past.size(), 30u * 10 * 11);
  for (std::size_t i = 0; i < past.size(); ++i) {
    EXPECT_EQ(past[i].clicked, i % 11 == 0);
    EXPECT_EQ(past[i].user, i / 110);
    if (!past[i].clicked) continue;
    const auto interests = world.users.interests[past[i].user];
    EXPECT_TRUE(std::binary_search(interests.begin(), interests.end(), past[i].genre));
  }
}

TEST(Past, KeepsWhatTheWorldKnowsAndDrawsWhatItDoesNot) {
  World world = small_world();
  world.past_clicks = {{0, no_creator, 4}, {0, 3, no_genre}, {7, 2, 1}};
  PastOptions options;
  options.negatives_per_click = 1;
  const auto past = past_interactions(world, options, 2000);
  ASSERT_EQ(past.size(), 6u);
  EXPECT_EQ(past[0].genre, 4);
  EXPECT_NE(past[0].creator, no_creator);
  EXPECT_EQ(past[2].creator, 3u);
  EXPECT_NE(past[2].genre, no_genre);
  EXPECT_EQ(past[4].user, 7u);
  EXPECT_EQ(past[4].creator, 2u);
  EXPECT_EQ(past[4].genre, 1);
}

// 3,300 x 10 / 11 negatives: five standard errors of a share of one fifth are 0.037.
TEST(Past, NegativesAreRandomItemsOfTheCatalogue) {
  const World world = small_world();
  std::vector<double> catalogue(5), drawn(5);
  double items = 0, negatives = 0;
  for (const auto& [genre, count] : world.creators.history.values())
    catalogue[genre] += count, items += count;
  for (const auto& row : past_interactions(world, {}, 2000)) {
    if (row.clicked) continue;
    ++drawn[row.genre], ++negatives;
    bool made_it = false;
    for (const auto& past : world.creators.history[row.creator]) made_it = made_it || past.genre == row.genre;
    EXPECT_TRUE(made_it);
  }
  for (std::size_t g = 0; g < 5; ++g) EXPECT_NEAR(drawn[g] / negatives, catalogue[g] / items, 0.037);
}

TEST(Past, OfAUserDoesNotDependOnHowManyOthersThereAre) {
  const auto few = past_interactions(small_world(5), {}, 2000),
             many = past_interactions(small_world(30), {}, 2000);
  for (std::size_t i = 0; i < few.size(); ++i) {
    EXPECT_EQ(few[i].user, many[i].user);
    EXPECT_EQ(few[i].genre, many[i].genre);
    EXPECT_EQ(few[i].creator, many[i].creator);
  }
}

}  // namespace
}  // namespace perennial
