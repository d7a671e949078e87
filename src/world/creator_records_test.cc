#include "world/creator_records.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

CreatorRecords three_genres(std::size_t recent = 3) {
  CreatorRecords records(3, recent);
  records.add_creator(std::vector<GenreCount>{{0, 2}, {2, 5}});
  records.add_creator(std::vector<GenreCount>{{1, 4}, {2, 4}});
  return records;
}

TEST(CreatorRecords, StartFromTheGenreMadeMostBeforeAndTheLowestAmongEquals) {
  const auto records = three_genres();
  EXPECT_EQ(records.last_genre(0), 2);
  EXPECT_EQ(records.last_genre(1), 1);
  EXPECT_EQ(records.items_made(0), 0u);
  EXPECT_EQ(records.recent_count(0), 0u);
}

TEST(CreatorRecords, LastGenreFollowsTheNewestItem) {
  auto records = three_genres();
  records.made_item(0, 7, 1);
  EXPECT_EQ(records.last_genre(0), 1);
  EXPECT_EQ(records.last_genre(1), 1);
  records.made_item(0, 8, 0);
  EXPECT_EQ(records.last_genre(0), 0);
}

TEST(CreatorRecords, RememberTheNewestItemsFirstAndForgetTheOldest) {
  auto records = three_genres(3);
  for (ItemId item = 10; item < 15; ++item) records.made_item(1, item, 0);
  ASSERT_EQ(records.recent_count(1), 3u);
  EXPECT_EQ(records.recent_item(1, 0), 14u);
  EXPECT_EQ(records.recent_item(1, 1), 13u);
  EXPECT_EQ(records.recent_item(1, 2), 12u);
  EXPECT_EQ(records.items_made(1), 5u);
  EXPECT_EQ(records.recent_count(0), 0u);
}

TEST(CreatorRecords, AverageCountsItemsSinceRoundOneOnly) {
  auto records = three_genres();
  EXPECT_EQ(records.average_clicks(0, 2), 0.0);
  records.made_item(0, 0, 2);
  records.made_item(0, 1, 2);
  records.got_clicks(0, 2, 7);
  EXPECT_DOUBLE_EQ(records.average_clicks(0, 2), 3.5);
  EXPECT_EQ(records.average_clicks(0, 0), 0.0);
  EXPECT_EQ(records.clicks(1, 2), 0u);
}

TEST(CreatorRecords, KnowWhatWasMadeBeforeOrSince) {
  auto records = three_genres();
  EXPECT_TRUE(records.knows(0, 0));
  EXPECT_FALSE(records.knows(0, 1));
  records.made_item(0, 0, 1);
  EXPECT_TRUE(records.knows(0, 1));
  EXPECT_EQ(records.history(0, 1), 0u);
  EXPECT_EQ(records.made(0, 1), 1u);
}

TEST(CreatorRecords, NewcomersLeaveOtherRowsAsTheyWere) {
  auto records = three_genres();
  records.made_item(0, 3, 1);
  records.got_clicks(0, 1, 2);
  records.add_creator(std::vector<GenreCount>{{1, 9}});
  EXPECT_EQ(records.size(), 3u);
  EXPECT_EQ(records.last_genre(0), 1);
  EXPECT_EQ(records.clicks(0, 1), 2u);
  EXPECT_EQ(records.recent_item(0, 0), 3u);
  EXPECT_EQ(records.last_genre(2), 1);
  EXPECT_EQ(records.history(2, 1), 9u);
}

TEST(CreatorRecords, SurviveSavingAndLoading) {
  auto records = three_genres();
  for (ItemId item = 0; item < 4; ++item) records.made_item(0, item, static_cast<GenreId>(item % 3));
  records.got_clicks(0, 2, 5);
  Archive saved;
  records.persist(saved);
  Archive opened(saved.bytes());
  CreatorRecords loaded;
  loaded.persist(opened);
  EXPECT_TRUE(opened.at_end());
  EXPECT_EQ(loaded.genres(), 3u);
  EXPECT_EQ(loaded.recent_item(0, 0), 3u);
  EXPECT_EQ(loaded.clicks(0, 2), 5u);
  EXPECT_EQ(loaded.last_genre(0), records.last_genre(0));
  EXPECT_EQ(loaded.history(1, 1), 4u);
}

TEST(CreatorRecordsDeathTest, LookingFurtherBackThanRememberedStopsTheProgram) {
  auto records = three_genres();
  records.made_item(0, 1, 1);
  EXPECT_DEATH(records.recent_item(0, 1), "further back");
}

}  // namespace
}  // namespace perennial
