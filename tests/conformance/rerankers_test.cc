// What reranker.h promises, for every built-in re-ranker.

#include "platform/rerank/rerankers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "conformance/limits.h"
#include "conformance/other_names.h"
#include "platform/rerank/planted_round.h"

namespace perennial {
namespace {

constexpr std::size_t slate = 5, depth = 6;

/// Serve users one after the other, so what a user is shown depends on who came before.
const std::set<std::string> sequential = {"p-mmf", "fairrec", "cpfair", "fairco", "tfrom"};

class Rerankers : public testing::TestWithParam<std::string> {
 protected:
  static std::unique_ptr<Reranker> make() { return find_plugin(rerankers(), "reranker", GetParam()).make(); }
};

/// Each row: as many items of the user's list as there are, up to the width; no repeats; the ranker's scores; padded.
void expect_well_formed(const PlantedRound& round, const Slates& best, std::size_t width) {
  ASSERT_EQ(best.width, width);
  ASSERT_EQ(best.rows(), round.users.size());
  ASSERT_EQ(best.scores.size(), best.items.size());
  for (std::size_t r = 0; r < best.rows(); ++r) {
    const auto row = best.row(r), list = round.shortlist.row(r);
    const auto listed = static_cast<std::size_t>(std::ranges::find(list, no_item) - list.begin());
    const auto filled = static_cast<std::size_t>(std::ranges::find(row, no_item) - row.begin());
    EXPECT_EQ(filled, std::min(width, listed)) << "row " << r;
    EXPECT_EQ(std::set<ItemId>(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(filled)).size(),
              filled);
    for (std::size_t place = 0; place < width; ++place) {
      if (place >= filled) {
        EXPECT_EQ(row[place], no_item) << "row " << r;
        continue;
      }
      const auto at = std::ranges::find(list, row[place]);
      ASSERT_NE(at, list.end()) << "row " << r << ": not on the user's list";
      EXPECT_EQ(best.row_scores(r)[place],
                round.shortlist.row_scores(r)[static_cast<std::size_t>(at - list.begin())]);
    }
  }
}

TEST_P(Rerankers, AskForAtLeastWhatIsKept) {
  for (const std::size_t kept : {1, 6, 11, 2000}) {
    for (const std::size_t candidates : {0, 1, 10, 100000}) {
      EXPECT_GE(make()->shortlist(kept, candidates), kept);
      EXPECT_LE(make()->shortlist(kept, candidates), std::max<std::size_t>(8 * kept, 1000))
          << "a large platform's memory";
    }
  }
}

TEST_P(Rerankers, FillEveryRowFromItsUsersList) {
  for (const std::size_t each : {1, 2, 30}) {
    PlantedRound round({.items_each = each, .seen = 0.3});
    for (const std::size_t k : {1, 5, 9}) {
      expect_well_formed(round, round.rerank(*make(), k, k), k);
      expect_well_formed(round, round.rerank(*make(), k, k + 1), k + 1);
    }
  }
}

TEST_P(Rerankers, PadShortRows) {
  PlantedRound round({.creators = 3, .items_each = 2, .seen = 0.6});
  const auto best = round.rerank(*make(), slate, depth);
  expect_well_formed(round, best, depth);
  EXPECT_NE(std::ranges::find(best.items, no_item), best.items.end());
}

TEST_P(Rerankers, AnswerWithEmptyRowsWhenThereAreNoCandidates) {
  PlantedRound round({.items_each = 0});
  EXPECT_EQ(round.rerank(*make(), slate, depth).items, std::vector<ItemId>(40 * depth, no_item));
}

TEST_P(Rerankers, AnswerNobodyWithNothing) {
  PlantedRound round({.users = 0});
  EXPECT_EQ(round.rerank(*make(), slate, depth).rows(), 0U);
}

TEST_P(Rerankers, ServeAPlatformOfOneCreator) {
  PlantedRound round({.creators = 1, .items_each = 12});
  expect_well_formed(round, round.rerank(*make(), slate, depth), depth);
}

TEST_P(Rerankers, ServeCreatorsWhoJoinedAfterTheTablesWereMade) {
  PlantedRound round(PlantedRound::Shape{});
  round.tables.creator.resize(2);
  expect_well_formed(round, round.rerank(*make(), slate, depth), depth);
}

TEST_P(Rerankers, GiveTheSameTwiceAndAtAnyNumberOfThreads) {
  std::vector<ItemId> expected;
  for (const std::size_t threads : {1, 2, 3, 7}) {
    PlantedRound round({.users = 700, .creators = 9, .seen = 0.2, .threads = threads});
    round.boosts.factors = {{}, {1, 1.2F, 1, 2, 3, 1}};
    round.boosts.creator_arm = {0, 1, 0, 1, 1, 0};
    round.boosts.interleaved = 1;
    const auto reranker = make();
    const auto best = round.rerank(*reranker, slate, depth);
    if (threads == 1) expected = best.items;
    EXPECT_EQ(best.items, expected) << threads;
    EXPECT_EQ(round.rerank(*reranker, slate, depth).items, expected) << threads;
  }
}

TEST_P(Rerankers, KeepNothingFromOneRoundToTheNext) {
  PlantedRound first({.users = 90, .seed = 1}), second({.users = 70, .creators = 5, .seed = 2});
  const auto played = make();
  played->shortlist(depth, 10);
  first.rerank(*played, slate, depth);
  EXPECT_EQ(second.rerank(*played, slate, depth).items, second.rerank(*make(), slate, depth).items);
}

/// The same round with creators, genres, items and users under other names; users keep their order, in which some methods
/// serve them. Creators were shown unequally often before.
PlantedRound renamed_round(const std::vector<CreatorId>& creator_names,
                           const std::vector<GenreId>& genre_names, const std::vector<ItemId>& item_names,
                           UserId first_user) {
  PlantedRound round({.creators = creator_names.size(), .genres = genre_names.size(), .seen = 0.2});
  const PlantedRound plain =
      PlantedRound({.creators = creator_names.size(), .genres = genre_names.size(), .seen = 0.2});
  for (ItemId item = 0; item < item_names.size(); ++item) {
    round.items.creator[item_names[item]] = creator_names[plain.items.creator[item]];
    round.items.genre[item_names[item]] = genre_names[plain.items.genre[item]];
    for (std::size_t row = 0; row < plain.rates.size(); ++row)
      round.rates[row][item_names[item]] = plain.rates[row][item];
  }
  for (CreatorId creator = 0; creator < creator_names.size(); ++creator)
    round.tables.creator[creator_names[creator]] = {.shown = 100 + 37 * creator, .clicked = 5 * creator};
  for (UserId& user : round.users) user = first_user + 2 * user;
  return round;
}

TEST_P(Rerankers, ShowTheSameUnderOtherNames) {
  constexpr std::size_t creators = 8, genres = 4, items = creators * 6;
  const auto item_names = other_names<ItemId>(items, 0);
  auto plain =
      renamed_round(own_names<CreatorId>(creators), own_names<GenreId>(genres), own_names<ItemId>(items), 0);
  auto renamed =
      renamed_round(other_names<CreatorId>(creators, 1), other_names<GenreId>(genres, 2), item_names, 11);
  for (const auto& setting : settings_at_limits(*make())) {
    SCOPED_TRACE(setting.text);
    const auto one = make(), other = make();
    setting.apply(*one);
    setting.apply(*other);
    auto expected = plain.rerank(*one, slate, depth).items;
    for (ItemId& item : expected) item = item == no_item ? no_item : item_names[item];
    EXPECT_EQ(renamed.rerank(*other, slate, depth).items, expected);
  }
}

TEST_P(Rerankers, DoTheSameWithLogOddsAsWithTheirRates) {
  PlantedRound round({.seen = 0.2});
  const auto with_rates = round.rerank(*make(), slate, depth).items;
  round.log_odds = true;
  EXPECT_EQ(round.rerank(*make(), slate, depth).items, with_rates);
}

TEST_P(Rerankers, ServeAUserTheSameInCompanyUnlessTheyTakeTurns) {
  PlantedRound together({.users = 30, .seen = 0.2});
  const auto all = together.rerank(*make(), slate, depth);
  std::size_t different = 0;
  for (std::size_t u = 0; u < 30; ++u) {
    PlantedRound alone = PlantedRound({.users = 30, .seen = 0.2});
    alone.users = {static_cast<UserId>(u)};
    alone.rates = {together.rates[u]};
    different += std::ranges::equal(alone.rerank(*make(), slate, depth).row(0), all.row(u)) ? 0 : 1;
  }
  EXPECT_EQ(different > 0, sequential.contains(GetParam()));
}

TEST_P(Rerankers, WorkAtTheLimitsOfEverySetting) {
  for (const auto& setting : settings_at_limits(*make(), WholeNumbers::at_both)) {
    SCOPED_TRACE(setting.text);
    const auto reranker = make();
    setting.apply(*reranker);
    PlantedRound round({.seen = 0.2});
    round.fill_shortlist(round.candidates.size());
    Slates best;
    reranker->rerank(round.request(slate, depth), best);
    expect_well_formed(round, best, depth);
  }
}

std::vector<std::string> names() {
  return plugin_names(rerankers());
}

INSTANTIATE_TEST_SUITE_P(BuiltIn, Rerankers, testing::ValuesIn(names()), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace perennial
