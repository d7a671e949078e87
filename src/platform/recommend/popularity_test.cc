#include "platform/recommend/popularity.h"

#include <gtest/gtest.h>

#include "platform/recommend/planted_platform.h"

namespace perennial {
namespace {

/// Three creators, one item each; item c was clicked `clicked[c]` times out of 100, and so was its creator.
PlantedPlatform platform_with_clicks(const std::vector<std::uint32_t>& clicked) {
  PlantedPlatform platform({.users = 1, .creators = clicked.size()});
  platform.make_items(1);
  for (std::size_t c = 0; c < clicked.size(); ++c) {
    platform.items.shown[c] = platform.tables.creator[c].shown = 100;
    platform.items.clicked[c] = platform.tables.creator[c].clicked = clicked[c];
    platform.tables.all.shown += 100;
    platform.tables.all.clicked += clicked[c];
  }
  return platform;
}

std::vector<ItemId> ranked(PlantedPlatform& platform, std::size_t depth) {
  Slates best;
  PopularityRecommender().rank(platform.request(1, depth), best);
  return best.items;
}

TEST(Popularity, PutsTheHighestClickRateFirst) {
  PlantedPlatform platform = platform_with_clicks({20, 60, 40});
  EXPECT_EQ(ranked(platform, 3), (std::vector<ItemId>{1, 2, 0}));
}

TEST(Popularity, TrustsAFewClicksLessThanMany) {
  PlantedPlatform platform = platform_with_clicks({10, 80, 10});
  platform.items.shown[2] = platform.items.clicked[2] = 1;  // one impression, one click
  EXPECT_EQ(ranked(platform, 1).front(), 1U);
}

TEST(Popularity, StartsANewItemAtItsCreatorsRate) {
  PlantedPlatform platform = platform_with_clicks({20, 60, 40});
  for (CreatorId c = 0; c < 3; ++c) platform.items.add(c, 0, 2);
  platform.candidates = {3, 4, 5};
  EXPECT_EQ(ranked(platform, 3), (std::vector<ItemId>{4, 5, 3}));
}

TEST(Popularity, SkipsWhatAUserWasShownAndGoesOn) {
  PlantedPlatform platform = platform_with_clicks({20, 60, 40});
  platform.shown.add(0, 1);
  EXPECT_EQ(ranked(platform, 3), (std::vector<ItemId>{2, 0, no_item}));
}

}  // namespace
}  // namespace perennial
