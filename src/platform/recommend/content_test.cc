#include "platform/recommend/content.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace perennial {
namespace {

/// A platform with any number of users, creators (one genre each, c % genres) and items, and counts set by hand.
struct Shelf {
  World world;
  Items items;
  PlatformTables tables;
  ShownItems shown;
  std::vector<ItemId> candidates;
  std::vector<UserId> users;
  std::uint32_t round = 1;
  std::uint64_t seed = 2000;

  Shelf(std::size_t user_count, std::size_t creators, std::size_t genres, std::size_t remembered = 10)
      : shown(user_count, remembered) {
    for (std::size_t g = 0; g < genres; ++g) world.genres.push_back("genre " + std::to_string(g));
    tables.genres = genres;
    tables.user_genre.resize(user_count * genres);
    tables.creator.resize(creators);
    tables.genre.resize(genres);
    tables.recent_clicks.resize(genres);
    tables.made.resize(genres);
    for (UserId u = 0; u < user_count; ++u) users.push_back(u);
  }
  ItemId add(CreatorId creator, GenreId genre, std::uint32_t born = 1) {
    items.add(creator, genre, born);
    candidates.push_back(static_cast<ItemId>(items.size() - 1));
    return candidates.back();
  }
  Slates rank(ContentRecommender& recommender, std::size_t depth, std::size_t threads = 1) const {
    Workers workers(threads);
    Slates best;
    recommender.rank({.round = round,
                      .users = users,
                      .candidates = candidates,
                      .items = items,
                      .shown = shown,
                      .tables = tables,
                      .depth = depth,
                      .draws = Draws(seed, Purpose::ranking, round),
                      .workers = workers},
                     best);
    return best;
  }
  Slates rank(std::size_t depth) const {
    ContentRecommender recommender;
    recommender.start(world, {}, seed);
    return rank(recommender, depth);
  }
};

TEST(ContentRecommender, ShowsEachUserItsOwnGenreFirst) {
  Shelf shelf(2, 4, 2);
  shelf.tables.of(0, 0) = {10, 8};
  shelf.tables.of(0, 1) = {10, 1};
  shelf.tables.of(1, 0) = {10, 1};
  shelf.tables.of(1, 1) = {10, 8};
  for (CreatorId c = 0; c < 4; ++c) shelf.add(c, static_cast<GenreId>(c % 2));
  const auto best = shelf.rank(4);
  for (std::size_t place = 0; place < 4; ++place) {
    EXPECT_EQ(shelf.items.genre[best.row(0)[place]], place < 2 ? 0 : 1);
    EXPECT_EQ(shelf.items.genre[best.row(1)[place]], place < 2 ? 1 : 0);
  }
}

TEST(ContentRecommender, PrefersCreatorsAndItemsThatDoBetterThanOthers) {
  Shelf shelf(1, 4, 1);
  shelf.tables.all = {1000, 400};
  shelf.tables.genre[0] = {1000, 400};
  shelf.tables.creator[1] = {200, 180};
  shelf.tables.creator[2] = {200, 10};
  for (CreatorId c = 0; c < 4; ++c) shelf.add(c, 0);
  shelf.items.shown[3] = 30;
  shelf.items.clicked[3] = 24;  // an item that does well, of a creator nothing is known about
  const auto best = shelf.rank(4);
  EXPECT_EQ(best.row(0)[3], 2u);
  EXPECT_TRUE(std::set<ItemId>({1, 3}) == std::set<ItemId>({best.row(0)[0], best.row(0)[1]}));
  EXPECT_EQ(best.row(0)[2], 0u);
}

TEST(ContentRecommender, ScoresAreTheUsersRateTimesBothFactorsByHand) {
  Shelf shelf(1, 1, 1);
  shelf.tables.all = {97, 39};          // average (39 + 1) / (97 + 3) = 0.4
  shelf.tables.genre[0] = {90, 36};     // (36 + 4) / 100 = 0.4
  shelf.tables.of(0, 0) = {8, 6};       // (6 + 2 x 0.4) / 10 = 0.68
  shelf.tables.creator[0] = {100, 60};  // (150 + 100) / 200 = 1.25
  shelf.add(0, 0);
  shelf.items.shown[0] = 20;
  shelf.items.clicked[0] = 4;  // (10 + 20) / 40 = 0.75
  EXPECT_NEAR(shelf.rank(1).row_scores(0)[0], 0.68 * 1.25 * 0.75, 1e-5);
}

TEST(ContentRecommender, EqualItemsAreOrderedByChanceNotByWhereTheyStand) {
  int first_wins = 0;
  for (std::uint64_t seed = 2000; seed < 2400; ++seed) {
    Shelf shelf(1, 2, 1);
    shelf.seed = seed;
    shelf.add(0, 0);
    shelf.add(1, 0);
    first_wins += shelf.rank(1).row(0)[0] == 0 ? 1 : 0;
  }
  EXPECT_NEAR(first_wins, 200, 40);  // four binomial standard errors
}

/// The merge of sorted lists finds what scoring every candidate would find.
RC_GTEST_PROP(ContentRecommender, FindsTheBestOfAllUnshownCandidates, ()) {
  const auto draws = Draws(*rc::gen::inRange<std::uint64_t>(0, 1000000), Purpose::world);
  const auto genres = *rc::gen::inRange<std::uint32_t>(1, 5),
             creators = *rc::gen::inRange<std::uint32_t>(1, 6);
  const auto rounds = *rc::gen::inRange<std::uint32_t>(1, 8);
  const auto depth = *rc::gen::inRange<std::size_t>(1, 12);
  Shelf shelf(3, creators, genres, 8);
  shelf.round = rounds;
  for (std::uint32_t i = 0; i < 3 * genres; ++i) shelf.tables.user_genre[i] = {20, draws.below(21, i, 0)};
  for (std::uint32_t c = 0; c < creators; ++c) shelf.tables.creator[c] = {100, draws.below(101, c, 1)};
  for (std::uint32_t born = 1; born <= rounds; ++born) {
    for (std::uint32_t c = 0; c < creators; ++c) {
      const auto item = shelf.add(c, static_cast<GenreId>(draws.below(genres, c, 2, born)), born);
      shelf.items.shown[item] = 50;
      shelf.items.clicked[item] = draws.below(51, item, 3);
      if (draws.coin(0.2, item, 4)) shelf.shown.add(draws.below(3, item, 5), item);
    }
  }
  const auto everything = shelf.rank(shelf.candidates.size()), best = shelf.rank(depth);
  for (std::size_t row = 0; row < 3; ++row) {
    std::map<ItemId, float> scores;
    for (std::size_t place = 0; place < everything.width; ++place) {
      if (everything.row(row)[place] != no_item)
        scores[everything.row(row)[place]] = everything.row_scores(row)[place];
    }
    std::size_t unshown = 0;
    for (const ItemId item : shelf.candidates) {
      RC_ASSERT(scores.contains(item) != shelf.shown.contains(shelf.users[row], item));
      unshown += scores.contains(item) ? 1 : 0;
    }
    for (std::size_t place = 0; place < depth; ++place) {
      RC_ASSERT((best.row(row)[place] == no_item) == (place >= unshown));
      RC_ASSERT(best.row(row)[place] == everything.row(row)[std::min(place, everything.width - 1)] ||
                place >= unshown);
      if (place > 0 && place < unshown)
        RC_ASSERT(best.row_scores(row)[place - 1] >= best.row_scores(row)[place]);
    }
  }
}

TEST(ContentRecommender, LooksPastWhatAUserHasSeen) {
  Shelf shelf(2, 30, 1, 20);
  for (CreatorId c = 0; c < 30; ++c) shelf.add(c, 0);
  const auto before = shelf.rank(20);
  for (std::size_t place = 0; place < 20; ++place) shelf.shown.add(0, before.row(0)[place]);
  const auto after = shelf.rank(12);
  std::size_t new_ones = 0;
  for (std::size_t place = 0; place < 12; ++place) {
    const ItemId item = after.row(0)[place];
    if (item == no_item) continue;
    ++new_ones;
    EXPECT_FALSE(shelf.shown.contains(0, item));
  }
  EXPECT_EQ(new_ones, 10u);
  EXPECT_EQ(after.row(1)[0], before.row(1)[0]);
}

TEST(ContentRecommender, ForgetsItsChanceWhenItLoadsAnotherRun) {
  ContentRecommender used, fresh;
  Shelf first(1, 6, 1), second(1, 6, 1);
  for (CreatorId c = 0; c < 6; ++c) first.add(c, 0), second.add(5 - c, 0, 2);
  used.start(first.world, {}, 1);
  fresh.start(first.world, {}, 1);
  first.rank(used, 6);
  Archive nothing;
  fresh.persist(nothing);
  Archive opened(nothing.bytes());
  used.persist(opened);
  EXPECT_EQ(second.rank(used, 6).items, second.rank(fresh, 6).items);
}

}  // namespace
}  // namespace perennial
