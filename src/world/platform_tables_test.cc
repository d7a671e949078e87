#include "world/platform_tables.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

PlatformTables empty_tables(std::size_t users, std::size_t creators, std::size_t genres) {
  PlatformTables tables;
  tables.genres = genres;
  tables.user_genre.resize(users * genres);
  tables.creator.resize(creators);
  tables.genre.resize(genres);
  tables.recent_clicks.resize(genres);
  tables.made.resize(genres);
  return tables;
}

/// Creators 0 and 1 make items 0 (genre 0) and 1 (genre 1); users 0 and 2 see both or one of them.
RoundLog two_slates(const std::vector<std::uint8_t>& clicked) {
  RoundLog log;
  log.round = 1;
  log.active_creators = {0, 1};
  log.made = {0, 1};
  log.active_users = {0, 2};
  log.shown.reset(2, 2);
  log.shown.row(0)[0] = 1;
  log.shown.row(0)[1] = 0;
  log.shown.row(1)[0] = 0;
  log.clicked = clicked;
  return log;
}

Items two_items() {
  Items items;
  items.add(0, 0, 1);
  items.add(1, 1, 1);
  return items;
}

TEST(PlatformTables, CountEveryImpressionForUserCreatorGenreAndAll) {
  auto tables = empty_tables(3, 2, 2);
  tables.account(two_slates({1, 0, 1, 0}), two_items());
  EXPECT_EQ(tables.all.shown, 3u);
  EXPECT_EQ(tables.all.clicked, 2u);
  EXPECT_EQ(tables.genre[0].shown, 2u);
  EXPECT_EQ(tables.genre[0].clicked, 1u);
  EXPECT_EQ(tables.genre[1].clicked, 1u);
  EXPECT_EQ(tables.creator[0].shown, 2u);
  EXPECT_EQ(tables.creator[1].shown, 1u);
  EXPECT_EQ(tables.of(0, 1).clicked, 1u);
  EXPECT_EQ(tables.of(0, 0).shown, 1u);
  EXPECT_EQ(tables.of(2, 0).clicked, 1u);
  EXPECT_EQ(tables.of(1, 0).shown, 0u);
  EXPECT_EQ(tables.made, (std::vector<std::uint32_t>{1, 1}));
}

TEST(PlatformTables, EmptyPlacesCountForNobody) {
  auto tables = empty_tables(3, 2, 2);
  tables.account(two_slates({0, 0, 0, 1}), two_items());  // the last place is empty
  EXPECT_EQ(tables.all.shown, 3u);
  EXPECT_EQ(tables.all.clicked, 0u);
}

TEST(PlatformTables, RecentClicksAreTheLastRoundsOnly) {
  auto tables = empty_tables(3, 2, 2);
  tables.account(two_slates({1, 1, 1, 0}), two_items());
  EXPECT_EQ(tables.recent_clicks, (std::vector<std::uint32_t>{2, 1}));
  tables.account(two_slates({0, 0, 1, 0}), two_items());
  EXPECT_EQ(tables.recent_clicks, (std::vector<std::uint32_t>{1, 0}));
  EXPECT_EQ(tables.genre[0].clicked, 3u);
  EXPECT_EQ(tables.made[0], 2u);
}

TEST(PlatformTables, SurviveSavingAndLoading) {
  auto tables = empty_tables(3, 2, 2);
  tables.account(two_slates({1, 0, 1, 0}), two_items());
  Archive saved;
  tables.persist(saved);
  Archive opened(saved.bytes());
  PlatformTables loaded;
  loaded.persist(opened);
  EXPECT_TRUE(opened.at_end());
  Archive again;
  loaded.persist(again);
  EXPECT_EQ(again.bytes(), saved.bytes());
  EXPECT_EQ(loaded.of(2, 0).clicked, 1u);
}

}  // namespace
}  // namespace perennial
