#include "platform/recommend/random.h"

#include <gtest/gtest.h>

#include <set>

#include "platform/recommend/planted_platform.h"

namespace perennial {
namespace {

TEST(RandomRecommender, ShowsEveryCandidateEquallyOften) {
  PlantedPlatform platform({.users = 2000, .creators = 200});
  platform.make_items(1);
  Slates best;
  RandomRecommender().rank(platform.request(1, 5), best);
  std::vector<double> times(200, 0);
  for (const ItemId item : best.items) ++times[item];
  double chi_square = 0;
  for (const double n : times) chi_square += (n - 50) * (n - 50) / 50;
  EXPECT_LT(chi_square, 280) << "199 degrees of freedom: 280 is exceeded once in 7,000 times";
  EXPECT_GT(chi_square, 130);
}

TEST(RandomRecommender, FindsTheFewCandidatesThatAreLeft) {
  PlantedPlatform platform({.users = 300, .creators = 8});
  platform.make_items(1);
  for (const UserId u : platform.users) {
    for (ItemId item = 0; item < 5; ++item) platform.shown.add(u, item);
  }
  Slates best;
  RandomRecommender().rank(platform.request(1, 2), best);
  std::vector<int> times(8, 0);
  for (const ItemId item : best.items) ++times.at(item);
  for (ItemId item = 0; item < 5; ++item) EXPECT_EQ(times[item], 0);
  for (ItemId item = 5; item < 8; ++item) EXPECT_NEAR(times[item], 200, 50);
}

TEST(RandomRecommender, DrawsAnewEveryRoundAndForEveryUser) {
  PlantedPlatform platform({.users = 2, .creators = 300});
  platform.make_items(1);
  Slates first, later;
  RandomRecommender().rank(platform.request(1, 5), first);
  RandomRecommender().rank(platform.request(2, 5), later);
  EXPECT_NE(first.items, later.items);
  EXPECT_FALSE(std::equal(first.row(0).begin(), first.row(0).end(), first.row(1).begin()));
}

}  // namespace
}  // namespace perennial
