#include "platform/suggest/difference_reward.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/suggest/suggestion_features.h"

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::FloatEq;
using testing::FloatNear;
using testing::Pointwise;

constexpr std::size_t users = 2, genres = 2, slate = 2;

/// Impressions written down by hand, of two users and two genres.
struct Logged {
  Items items;
  PlatformTables tables;
  RoundLog log;
  PracticeModel practice;
  std::vector<double> rates = {0.5, 0.25,   // user 0
                               0.2, 0.75};  // user 1

  Logged() {
    tables.genres = genres;
    tables.user_genre.resize(users * genres);
  }

  /// One item per suggestion, of the genre suggested or, if that was not followed, of genre 0.
  void make(std::uint32_t round, const std::vector<GenreId>& suggested,
            const std::vector<std::uint8_t>& followed) {
    log = {};
    log.round = round;
    log.suggested = suggested;
    log.followed = followed;
    for (std::size_t i = 0; i < suggested.size(); ++i) {
      log.active_creators.push_back(static_cast<CreatorId>(i));
      log.made.push_back(static_cast<ItemId>(items.size()));
      items.add(static_cast<CreatorId>(i), followed[i] ? suggested[i] : GenreId{0}, round);
    }
    log.shown.reset(0, slate);
  }

  void show(UserId user, const std::vector<ItemId>& shown, const std::vector<std::uint8_t>& clicked,
            ItemId next) {
    log.active_users.push_back(user);
    log.shown.items.insert(log.shown.items.end(), shown.begin(), shown.end());
    log.clicked.insert(log.clicked.end(), clicked.begin(), clicked.end());
    log.next_best.push_back(next);
  }

  /// Counts the round's impressions, as the platform does before its policies learn.
  void learn(DifferenceReward& reward) {
    for (std::size_t i = 0; i < log.shown.items.size(); ++i) {
      if (log.shown.items[i] == no_item) continue;
      tables.of(log.active_users[i / slate], items.genre[log.shown.items[i]]).add(log.clicked[i] != 0);
    }
    reward.learn(log, items, tables, rates, practice);
  }
};

/// Decisions of one round, with nothing but what credit needs.
Decisions decisions(std::uint32_t round, const std::vector<std::uint32_t>& chosen, float trust = 0.6F) {
  Decisions made;
  made.options = genres + 1;
  made.chosen = chosen;
  made.round.assign(chosen.size(), round);
  made.features.assign(chosen.size() * made.options * feature_count, 0.0F);
  made.log_probability.assign(chosen.size(), -1.0F);
  made.credit.assign(chosen.size(), 0.0F);
  made.weight.assign(chosen.size(), trust);
  return made;
}

void open(DifferenceReward& reward, std::uint32_t round, const std::vector<std::uint32_t>& chosen,
          bool own = true, std::uint8_t practice_class = 1) {
  reward.open(round, decisions(round, chosen),
              std::vector<std::uint8_t>(chosen.size() * genres, practice_class), own);
}

Decisions closed(DifferenceReward& reward, std::uint32_t round, std::uint32_t window) {
  Decisions done;
  reward.close(round, window, done);
  return done;
}

TEST(DifferenceReward, IsClicksLessTheRateOfTheItemThatWouldHaveBeenShownInstead) {
  Logged platform;
  DifferenceReward reward;
  open(reward, 1, {0, 1, 1});
  platform.make(1, {0, 1, 1}, {1, 1, 1});
  platform.show(0, {0, 1}, {1, 0}, 2);  // instead: item 2 of genre 1, which user 0 clicks at 0.25
  platform.show(1, {1, 2}, {1, 1}, 0);  // instead: item 0 of genre 0, which user 1 clicks at 0.2
  platform.learn(reward);
  const auto done = closed(reward, 1, 1);
  // All were shown their genre for the first time, and clicked 3 times where 0.5 + 0.25 + 2 x 0.75 was expected.
  constexpr float calibrated = (3 + 10) / (2.25F + 10);
  const float first = 0.25F * calibrated, second = 0.2F * calibrated;
  EXPECT_THAT(done.credit, Pointwise(FloatEq(), {1 - first, (0 - first) + (1 - second), 1 - second}));
  EXPECT_THAT(done.weight, ElementsAre(1, 1, 1));
}

TEST(DifferenceReward, DisplacesNothingWhereNothingElseWasThereToShow) {
  Logged platform;
  DifferenceReward reward;
  open(reward, 1, {0});
  platform.make(1, {0}, {1});
  platform.show(0, {0, no_item}, {1, 0}, no_item);
  platform.show(1, {0, no_item}, {0, 0}, no_item);
  platform.learn(reward);
  EXPECT_THAT(closed(reward, 1, 1).credit, ElementsAre(1));
}

TEST(DifferenceReward, JudgesTheDisplacedItemByThePracticeItWasMadeWith) {
  Logged platform;
  platform.practice.learn(1, 90, false);  // 10 / 100: items of class 1 draw a tenth of what their genre does
  DifferenceReward reward;
  open(reward, 1, {0, 1});
  platform.make(1, {0, 1}, {1, 1});
  platform.show(0, {0, no_item}, {1, 0}, 1);
  platform.learn(reward);
  EXPECT_THAT(closed(reward, 1, 1).credit, ElementsAre(FloatNear(1 - 0.025F * 11 / 10.5F, 1e-6F), 0));
}

TEST(DifferenceReward, DropsASuggestionThatWasNotFollowed) {
  Logged platform;
  DifferenceReward reward;
  open(reward, 1, {1, 0});
  platform.make(1, {1, 0}, {0, 1});
  platform.show(0, {0, 1}, {1, 1}, no_item);
  platform.learn(reward);
  const auto done = closed(reward, 1, 1);
  EXPECT_THAT(done.chosen, ElementsAre(0));
  EXPECT_THAT(done.credit, ElementsAre(1));
}

TEST(DifferenceReward, CreditsSayingNothingWithWhatTheCreatorMadeAloneAsFarAsItWouldHaveListened) {
  Logged platform;
  DifferenceReward reward;
  open(reward, 1, {2});
  platform.make(1, {no_genre}, {0});
  platform.show(0, {0, no_item}, {1, 0}, no_item);
  platform.learn(reward);
  const auto done = closed(reward, 1, 1);
  EXPECT_THAT(done.chosen, ElementsAre(2));
  EXPECT_THAT(done.credit, ElementsAre(1));
  EXPECT_THAT(done.weight, ElementsAre(0.6F));
}

/// Round 1 makes item 0, round 2 item 1, and so on; every round shows item 0 to user 0, who clicks.
void play_rounds(Logged& platform, DifferenceReward& reward, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t round = from; round <= to; ++round) {
    open(reward, round, {0});
    platform.make(round, {0}, {1});
    platform.show(0, {0, no_item}, {1, 0}, no_item);
    platform.learn(reward);
  }
}

TEST(DifferenceReward, CountsTheRoundsOfItsWindowAndNoMore) {
  Logged platform;
  DifferenceReward reward;
  std::vector<std::size_t> handed_out;
  std::vector<float> credit;
  for (std::uint32_t round = 1; round <= 5; ++round) {
    play_rounds(platform, reward, round, round);
    const auto done = closed(reward, round, 3);
    handed_out.push_back(done.size());
    credit.insert(credit.end(), done.credit.begin(), done.credit.end());
  }
  EXPECT_THAT(handed_out, ElementsAre(0, 0, 1, 1, 1));
  EXPECT_THAT(credit, ElementsAre(3, 0, 0));  // item 0 is clicked for ever, its suggestion is paid thrice
}

TEST(DifferenceReward, TellsOfWhichRoundEachDecisionIs) {
  Logged platform;
  DifferenceReward reward;
  play_rounds(platform, reward, 4, 6);
  EXPECT_THAT(closed(reward, 6, 1).round, ElementsAre(4, 5, 6));
}

/// What only a simulator knows never reaches it; what the platform counts beside the log may differ too.
TEST(DifferenceReward, IsMadeOfTheLogAndTheClickRatesAlone) {
  std::vector<std::vector<float>> credits;
  for (const bool other : {false, true}) {
    Logged platform;
    DifferenceReward reward;
    open(reward, 1, {0, 1});
    platform.make(1, {0, 1}, {1, 1});
    platform.show(0, {0, 1}, {1, 0}, no_item);
    platform.show(1, {1, no_item}, {1, 0}, 0);
    if (other) {
      platform.items.shown = {90, 80};
      platform.items.clicked = {70, 60};
      platform.tables.all = {1000, 900};
      platform.log.next_best_score = {0.9F, -3};
      platform.log.shown.scores.assign(4, 0.7F);
    }
    platform.learn(reward);
    credits.push_back(closed(reward, 1, 1).credit);
  }
  EXPECT_EQ(credits[0], credits[1]);
  EXPECT_EQ(credits[0].size(), 2U);
}

TEST(DifferenceReward, LearnsPracticeFromUsersWhoseTasteItKnows) {
  for (const std::uint32_t shown : {5U, 100U}) {
    Logged platform;
    platform.tables.of(0, 0) = {shown, shown / 2};
    DifferenceReward reward;
    open(reward, 1, {0}, true, 3);
    platform.make(1, {0}, {1});
    platform.show(0, {0, no_item}, {0, 0}, no_item);
    platform.learn(reward);
    EXPECT_EQ(platform.practice.quality(3) < 1, shown == 100) << shown;
    EXPECT_EQ(platform.practice.quality(1), 1);
  }
}

TEST(DifferenceReward, HandsOutNoDecisionsOfOthers) {
  Logged platform;
  DifferenceReward reward;
  open(reward, 1, {0}, false);
  platform.make(1, {0}, {1});
  platform.show(0, {0, no_item}, {1, 0}, no_item);
  platform.learn(reward);
  play_rounds(platform, reward, 2, 2);
  EXPECT_THAT(closed(reward, 2, 1).round, ElementsAre(2));
}

TEST(DifferenceReward, ForgetsARoundThatWasNeverPlayed) {
  Logged platform;
  DifferenceReward reward;
  open(reward, 1, {0, 0, 0});
  EXPECT_EQ(closed(reward, 9, 1).size(), 0U);
  open(reward, 10, {1, 1, 1});
  open(reward, 10, {0});
  platform.make(10, {0}, {1});
  EXPECT_TRUE(reward.awaits(platform.log));
  platform.learn(reward);
  EXPECT_FALSE(reward.awaits(platform.log));
  EXPECT_THAT(closed(reward, 10, 1).chosen, ElementsAre(0));
}

TEST(DifferenceReward, PaysTheRightSuggestionAcrossRoundsItSatOut) {
  Logged platform;
  DifferenceReward reward;
  play_rounds(platform, reward, 1, 1);
  platform.make(2, {0, 0}, {1, 1});  // items 1 and 2, somebody else's
  EXPECT_FALSE(reward.awaits(platform.log));
  open(reward, 4, {0});
  platform.make(4, {0}, {1});  // item 3
  platform.show(0, {0, 3}, {1, 1}, no_item);
  platform.show(1, {1, 3}, {1, 1}, 2);  // item 2 would have drawn 0.2, calibrated
  platform.learn(reward);
  const auto done = closed(reward, 8, 3);
  EXPECT_THAT(done.round, ElementsAre(1, 4));
  // Who was shown the genre for the first time clicked 3 times where 0.5 + 2 x 0.2 was expected.
  constexpr float calibrated = (3 + 10) / (0.9F + 10);
  EXPECT_THAT(done.credit, Pointwise(FloatEq(), {2.0F, 1 + (1 - 0.2F * calibrated)}));
}

TEST(DifferenceReward, GoesOnAfterSavingWithItsRoundsOpen) {
  Logged platform;
  DifferenceReward reward;
  play_rounds(platform, reward, 1, 3);
  Archive saved;
  reward.persist(saved);
  DifferenceReward opened;
  Archive reading(saved.bytes());
  opened.persist(reading);
  EXPECT_TRUE(reading.at_end());
  Logged copy = platform;
  play_rounds(platform, reward, 4, 4);
  play_rounds(copy, opened, 4, 4);
  const auto one = closed(reward, 4, 4), other = closed(opened, 4, 4);
  EXPECT_THAT(one.credit, ElementsAre(4));
  EXPECT_EQ(other.credit, one.credit);
  EXPECT_EQ(other.round, one.round);
}

}  // namespace
}  // namespace perennial
