#include "world/statistics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

#include "world/catalogue.h"

namespace perennial {
namespace {

World sample_world() {
  World world{.name = "w", .genres = {"a", "b", "c", "d"}, .users = {}, .creators = {}, .past_clicks = {}};
  for (const std::vector<GenreId>& row : {std::vector<GenreId>{0}, {0, 1}, {2}, {1, 2, 3}}) {
    world.users.interests.push_back(row);
    world.users.activity.push_back(0.5);
  }
  for (const std::vector<GenreCount>& row : {std::vector<GenreCount>{{0, 6}, {1, 2}}, {{2, 8}}}) {
    world.creators.history.push_back(row);
    world.creators.activity.push_back(0.25);
  }
  return world;
}

TEST(Statistics, CountWhatCanBeCountedByHand) {
  const auto s = statistics_of(sample_world());
  EXPECT_EQ(s.interests_per_user, (std::vector<double>{0.5, 0.25, 0.25}));
  EXPECT_DOUBLE_EQ(mean_count(s.interests_per_user), 1.75);
  EXPECT_EQ(s.user_interest_share, (std::vector<double>{0.5, 0.5, 0.5, 0.25}));
  EXPECT_DOUBLE_EQ(s.shared_interest, 3.0 / 6);
  EXPECT_DOUBLE_EQ(s.three_genres_reach, 1.0);
  EXPECT_EQ(s.pairs.size(), 4U);
  EXPECT_EQ(s.creator_primary_share, (std::vector<double>{0.5, 0, 0.5, 0}));
  EXPECT_EQ(s.item_genre_share, (std::vector<double>{6.0 / 16, 2.0 / 16, 8.0 / 16, 0}));
  EXPECT_DOUBLE_EQ(s.top_genre_share, 0.75);
  EXPECT_DOUBLE_EQ(s.items_per_creator, 8);
  EXPECT_DOUBLE_EQ(s.creator_activity, 0.25);
  EXPECT_NEAR(s.genre_entropy_nats,
              -(0.375 * std::log(0.375) + 0.125 * std::log(0.125) + 0.5 * std::log(0.5)), 1e-12);
}

TEST(Statistics, OverlapIsThatOfAllPairsCountedOneByOne) {
  const auto source = open_world("amazon-video-games");
  rc::check([&] {
    const auto world =
        source.make(*rc::gen::inRange<std::size_t>(2, 60), 3, *rc::gen::arbitrary<std::uint16_t>());
    double sharing = 0, pairs = 0;
    for (UserId u = 0; u < world.users.size(); ++u) {
      for (UserId v = 0; v < u; ++v) {
        const auto a = world.users.interests[u], b = world.users.interests[v];
        sharing += std::any_of(a.begin(), a.end(),
                               [&](auto g) { return std::binary_search(b.begin(), b.end(), g); });
        pairs += 1;
      }
    }
    RC_ASSERT(std::abs(statistics_of(world).shared_interest - sharing / pairs) < 1e-12);
  });
}

TEST(Statistics, OneUserSharesNothing) {
  EXPECT_EQ(statistics_of(open_world("youtube").make(1, 1, 1)).shared_interest, 0);
}

}  // namespace
}  // namespace perennial
