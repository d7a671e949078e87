// What recommender.h promises, for every built-in ranker.

#include "platform/recommend/recommenders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "conformance/limits.h"
#include "platform/recommend/planted_platform.h"

namespace perennial {
namespace {

constexpr std::size_t slate = 5;

class Recommenders : public testing::TestWithParam<std::string> {
 protected:
  /// One that trains does so for a few epochs: what is asked of it here holds however well it has learned.
  static std::unique_ptr<Recommender> make() {
    auto ranker = find_plugin(recommenders(), "recommender", GetParam()).make();
    const auto fields = ranker->fields();
    const auto names = fields.names();
    if (std::ranges::find(names, "epochs") != names.end()) fields.set("test", "epochs", std::int64_t{3});
    return ranker;
  }

  /// A ranker that has played `rounds` rounds, on a platform about to rank the next.
  static std::unique_ptr<Recommender> played(PlantedPlatform& platform, std::uint32_t rounds) {
    auto ranker = make();
    ranker->start(platform.world, platform.past(8), platform.shape.seed);
    platform.play(*ranker, 1, rounds, slate);
    platform.make_items(rounds + 1);
    return ranker;
  }
};

void expect_same(const Slates& a, const Slates& b) {
  EXPECT_EQ(a.width, b.width);
  EXPECT_EQ(a.items, b.items);
  EXPECT_EQ(a.scores, b.scores);
}

void expect_well_formed(const PlantedPlatform& platform, const Slates& best, std::size_t depth) {
  ASSERT_EQ(best.width, depth);
  ASSERT_EQ(best.items.size(), platform.users.size() * depth);
  ASSERT_EQ(best.scores.size(), best.items.size());
  for (std::size_t r = 0; r < best.rows(); ++r) {
    const UserId user = platform.users[r];
    const auto row = best.row(r);
    const auto scores = best.row_scores(r);
    const auto filled = static_cast<std::size_t>(std::find(row.begin(), row.end(), no_item) - row.begin());
    std::size_t unshown = 0;
    for (const ItemId item : platform.candidates) unshown += platform.shown.contains(user, item) ? 0 : 1;
    EXPECT_EQ(filled, std::min(depth, unshown)) << "user " << user << ": as many as there are";
    EXPECT_EQ(std::set<ItemId>(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(filled)).size(), filled)
        << "user " << user << ": no repeats";
    for (std::size_t place = 0; place < depth; ++place) {
      if (place >= filled) {
        EXPECT_EQ(row[place], no_item) << "user " << user << ": padded to the end";
        continue;
      }
      EXPECT_TRUE(std::binary_search(platform.candidates.begin(), platform.candidates.end(), row[place]));
      EXPECT_FALSE(platform.shown.contains(user, row[place]))
          << "user " << user << " was shown " << row[place];
      EXPECT_TRUE(std::isfinite(scores[place]));
      EXPECT_LE(scores[place], scores[place == 0 ? 0 : place - 1]) << "user " << user << ": best first";
    }
  }
}

TEST_P(Recommenders, FillEveryRowWithUnshownCandidatesBestFirst) {
  PlantedPlatform platform({});
  const auto ranker = played(platform, 7);
  for (const std::size_t depth : {1, 5, 12}) {
    Slates best;
    ranker->rank(platform.request(8, depth), best);
    expect_well_formed(platform, best, depth);
  }
}

TEST_P(Recommenders, PadShortRowsWhenCandidatesRunOut) {
  PlantedPlatform platform({.users = 20, .creators = 3, .recency = 2});
  const auto ranker = played(platform, 4);
  Slates best;
  ranker->rank(platform.request(5, 8), best);
  expect_well_formed(platform, best, 8);
  EXPECT_NE(std::find(best.items.begin(), best.items.end(), no_item), best.items.end());
}

TEST_P(Recommenders, AnswerWithEmptyRowsWhenThereAreNoCandidates) {
  PlantedPlatform platform({});
  const auto ranker = played(platform, 1);
  platform.candidates.clear();
  Slates best;
  ranker->rank(platform.request(2, 4), best);
  EXPECT_EQ(best.items, std::vector<ItemId>(platform.users.size() * 4, no_item));
}

TEST_P(Recommenders, AnswerNobodyWithNothing) {
  PlantedPlatform platform({});
  const auto ranker = played(platform, 1);
  platform.users.clear();
  Slates best;
  ranker->rank(platform.request(2, 4), best);
  EXPECT_EQ(best.rows(), 0U);
}

TEST_P(Recommenders, BearRoundsInWhichNobodyComesAndNothingIsMade) {
  PlantedPlatform platform({});
  const auto ranker = played(platform, 3);
  for (std::uint32_t round = 4; round <= 7; ++round) {  // retrains after round 6
    RoundLog quiet;
    quiet.round = round;
    quiet.shown.reset(0, slate);
    ranker->learn(quiet, platform.items, platform.tables, platform.workers);
  }
  Slates best;
  ranker->rank(platform.request(8, slate), best);
  expect_well_formed(platform, best, slate);
}

TEST_P(Recommenders, StartAPlatformWithoutUsers) {
  PlantedPlatform platform({.users = 0});
  const auto ranker = played(platform, 6);
  Slates best;
  ranker->rank(platform.request(7, slate), best);
  EXPECT_EQ(best.rows(), 0U);
}

TEST_P(Recommenders, RankBeforeAnythingIsKnown) {
  PlantedPlatform platform({});
  const auto ranker = make();
  ranker->start(platform.world, {}, 1);
  platform.make_items(1);
  Slates best;
  ranker->rank(platform.request(1, 5), best);
  expect_well_formed(platform, best, 5);
}

TEST_P(Recommenders, RankAUserTheSameAloneAndInCompany) {
  PlantedPlatform platform({.users = 83});
  const auto ranker = played(platform, 6);
  Slates together, alone;
  ranker->rank(platform.request(7, 9), together);
  const auto users = platform.users;
  for (std::size_t r = 0; r < users.size(); ++r) {
    platform.users = {users[r]};
    ranker->rank(platform.request(7, 9), alone);
    EXPECT_TRUE(std::equal(alone.items.begin(), alone.items.end(), together.row(r).begin()))
        << "user " << users[r];
    EXPECT_TRUE(std::equal(alone.scores.begin(), alone.scores.end(), together.row_scores(r).begin()));
  }
}

TEST_P(Recommenders, RankTheSameTwiceAndAtAnyNumberOfThreads) {
  Slates expected, found;
  for (const std::size_t threads : {1, 2, 3, 7}) {
    PlantedPlatform platform({.users = 300, .creators = 40, .threads = threads});
    const auto ranker = played(platform, 2);  // trained before and after round 1
    ranker->rank(platform.request(3, 9), found);
    if (threads == 1) expected = found;
    expect_same(found, expected);
    ranker->rank(platform.request(3, 9), found);
    expect_same(found, expected);
  }
}

TEST_P(Recommenders, GoOnAfterARestoreAsIfNothingHappened) {
  PlantedPlatform platform({});
  const auto ranker = played(platform, 7);
  Archive saved;
  ranker->persist(saved);
  const auto restored = make();
  restored->start(platform.world, {}, platform.shape.seed);
  Archive archive(saved.bytes());
  restored->persist(archive);
  EXPECT_TRUE(archive.at_end());
  Slates expected, found;
  for (std::uint32_t round = 8; round <= 12; ++round) {  // retrains after round 11
    ranker->rank(platform.request(round, 7), expected);
    restored->rank(platform.request(round, 7), found);
    expect_same(found, expected);
    const RoundLog log = platform.answer(round, expected, slate);
    ranker->learn(log, platform.items, platform.tables, platform.workers);
    restored->learn(log, platform.items, platform.tables, platform.workers);
    platform.make_items(round + 1);
  }
}

TEST_P(Recommenders, ShowItemsOfCreatorsWhoJoin) {
  PlantedPlatform platform({.users = 200});
  const auto ranker = played(platform, 3);
  platform.items.add(static_cast<CreatorId>(platform.shape.creators), 0, 4);
  platform.tables.creator.resize(platform.shape.creators + 1);
  platform.candidates.push_back(static_cast<ItemId>(platform.items.size() - 1));
  Slates best;
  ranker->rank(platform.request(4, platform.candidates.size()), best);
  EXPECT_EQ(std::count(best.items.begin(), best.items.end(), platform.candidates.back()), 200);
}

TEST_P(Recommenders, GainCreatorsNothingByTheirPlaceInTheTable) {
  // Nothing is known, so every creator's share of first places is luck.
  PlantedPlatform platform({.users = 1, .creators = 10});
  const auto ranker = make();
  ranker->start(platform.world, {}, 1);
  platform.make_items(1);
  std::vector<int> first(10, 0);
  Slates best;
  for (std::uint32_t round = 1; round <= 300; ++round) {
    platform.users = {0};
    for (auto& born : platform.items.born) born = round;
    const auto fresh = make();
    fresh->start(platform.world, {}, round);
    fresh->rank(platform.request(round, 1), best);
    ++first.at(platform.items.creator[best.items[0]]);
  }
  for (int c = 0; c < 10; ++c) EXPECT_NEAR(first[static_cast<std::size_t>(c)], 30, 25) << "creator " << c;
}

TEST_P(Recommenders, WorkAtTheLimitsOfEverySetting) {
  for (const auto& setting : settings_at_limits(*make())) {
    SCOPED_TRACE(setting.text);
    PlantedPlatform platform({.users = 20, .creators = 8});
    const auto ranker = make();
    setting.apply(*ranker);
    ranker->start(platform.world, platform.past(8), platform.shape.seed);
    platform.play(*ranker, 1, 2, slate);
    platform.make_items(3);
    Slates best;
    ranker->rank(platform.request(3, slate), best);
    expect_well_formed(platform, best, slate);
  }
}

std::vector<std::string> names() {
  return plugin_names(recommenders());
}

INSTANTIATE_TEST_SUITE_P(BuiltIn, Recommenders, testing::ValuesIn(names()), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace perennial
