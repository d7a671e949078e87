#include "platform/recommend/click_histories.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

std::vector<ItemId> items_of(const ClickHistories& histories, std::span<const std::uint32_t> history) {
  std::vector<ItemId> items;
  for (const std::uint32_t thing : history) items.push_back(histories.things()[thing].item);
  return items;
}

/// User 0 is shown items 0, 1, 2 in round 1 and 3, 4 in round 2; user 1 item 0 in round 1.
struct TwoRounds {
  InteractionRows rows;
  Items items;
  ClickHistories histories;

  explicit TwoRounds(bool ids_only = false, const std::vector<PastInteraction>& past = {}) {
    for (CreatorId c = 0; c < 5; ++c) items.add(c, 1, 1);
    histories.start(2, ids_only);
    rows.add_past(past);
    play({0, 1}, {{0, 1, 2}, {0, no_item, no_item}}, {1, 0, 1, 1, 0, 0});
    histories.take_in(rows);
    play({0}, {{3, 4, no_item}}, {1, 0, 0});
    histories.take_in(rows);
  }
  void play(const std::vector<UserId>& users, const std::vector<std::vector<ItemId>>& slates,
            const std::vector<std::uint8_t>& clicked) {
    RoundLog log;
    log.active_users = users;
    log.shown.reset(users.size(), 3);
    for (std::size_t r = 0; r < users.size(); ++r)
      std::copy(slates[r].begin(), slates[r].end(), log.shown.row(r).begin());
    log.clicked = clicked;
    rows.add_round(log, items);
  }
  std::vector<ItemId> before(std::size_t row, std::size_t most = 20) const {
    return items_of(histories, histories.before(rows, row, most));
  }
};

TEST(ClickHistories, HoldWhatWasClickedInEarlierRoundsOnly) {
  const TwoRounds t;
  for (const std::size_t row : {0, 1, 2, 3}) EXPECT_TRUE(t.before(row).empty()) << "first round, row " << row;
  EXPECT_EQ(t.before(4), (std::vector<ItemId>{0, 2}));
  EXPECT_EQ(t.before(5), (std::vector<ItemId>{0, 2})) << "not the click one place above";
  EXPECT_EQ(items_of(t.histories, t.histories.latest(0, 20)), (std::vector<ItemId>{0, 2, 3}));
  EXPECT_EQ(items_of(t.histories, t.histories.latest(1, 20)), (std::vector<ItemId>{0}));
}

TEST(ClickHistories, NeverHoldTheClickThatIsToBeExplained) {
  const TwoRounds t;
  for (std::size_t row = 0; row < t.rows.size(); ++row) {
    for (const ItemId item : t.before(row)) EXPECT_NE(item, t.rows.item[row]);
  }
}

TEST(ClickHistories, KeepTheLastFew) {
  const TwoRounds t;
  EXPECT_EQ(t.before(5, 1), (std::vector<ItemId>{2}));
  EXPECT_EQ(items_of(t.histories, t.histories.latest(0, 2)), (std::vector<ItemId>{2, 3}));
  EXPECT_TRUE(t.histories.latest(0, 0).empty());
}

TEST(ClickHistories, PutThePastInTheOrderItIsGiven) {
  const TwoRounds t(false, {{0, 3, 1, true}, {0, 2, 0, false}, {0, no_creator, 1, true}});
  EXPECT_EQ(t.histories.before(t.rows, 0, 20).size(), 0U);
  EXPECT_EQ(t.histories.before(t.rows, 1, 20).size(), 1U);
  EXPECT_EQ(t.histories.before(t.rows, 2, 20).size(), 1U);
  const auto last = t.histories.latest(0, 20);
  ASSERT_EQ(last.size(), 5U);
  EXPECT_EQ(t.histories.things()[last[0]].creator, 3U);
  EXPECT_EQ(t.histories.things()[last[1]].creator, no_creator);
}

TEST(ClickHistories, KnowItemsByTheirIdsAloneWhereThatIsAsked) {
  const TwoRounds t(true, {{0, 3, 1, true}});
  EXPECT_EQ(t.histories.thing(0), ClickHistories::left_out);
  for (const Thing& thing : t.histories.things()) EXPECT_EQ(thing.creator, no_creator);
  EXPECT_EQ(items_of(t.histories, t.histories.latest(0, 20)), (std::vector<ItemId>{0, 2, 3}));
}

TEST(ClickHistories, AreTheSameTakenInAtOnceOrRoundByRound) {
  const TwoRounds t(false, {{0, 3, 1, true}});
  ClickHistories at_once;
  at_once.start(2, false);
  at_once.take_in(t.rows);
  for (std::size_t row = 0; row < t.rows.size(); ++row)
    EXPECT_EQ(items_of(at_once, at_once.before(t.rows, row, 20)), t.before(row)) << row;
}

}  // namespace
}  // namespace perennial
