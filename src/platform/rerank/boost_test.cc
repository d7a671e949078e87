#include "platform/rerank/boost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

/// Users with one and the same shortlist: item i is creator i's, with scores[i].
struct SmallShortlist {
  Items items;
  Slates shortlist;
  std::vector<UserId> users;
  PlatformTables tables;
  CreatorBoosts boosts;
  Workers workers{1};

  explicit SmallShortlist(const std::vector<float>& scores, std::size_t user_count = 1) {
    shortlist.reset(user_count, scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) items.add(static_cast<CreatorId>(i), 0, 1);
    for (std::size_t u = 0; u < user_count; ++u) {
      users.push_back(static_cast<UserId>(u));
      for (std::size_t i = 0; i < scores.size(); ++i) {
        shortlist.row(u)[i] = static_cast<ItemId>(i);
        shortlist.row_scores(u)[i] = scores[i];
      }
    }
  }
  Slates rerank(std::size_t depth, bool log_odds = false) {
    Slates best;
    BoostReranker().rerank({.round = 1,
                            .users = users,
                            .candidates = {},
                            .shortlist = shortlist,
                            .log_odds = log_odds,
                            .items = items,
                            .tables = tables,
                            .boosts = boosts,
                            .slate = depth,
                            .depth = depth,
                            .draws = Draws(5, Purpose::rerank, 1),
                            .workers = workers},
                           best);
    return best;
  }
};

TEST(Boost, KeepsTheRankersOrderWhereNobodyIsBoosted) {
  SmallShortlist list({0.9F, 0.5F, 0.5F, 0.1F});
  EXPECT_THAT(list.rerank(3).row(0), ElementsAre(0, 1, 2));
}

TEST(Boost, MultipliesRates) {
  SmallShortlist list({0.9F, 0.5F, 0.4F, 0.1F});
  list.boosts.factors = {{1, 1, 2, 3}};
  EXPECT_THAT(list.rerank(4).row(0), ElementsAre(0, 2, 1, 3)) << "0.9, 0.8, 0.5, 0.3";
}

TEST(Boost, MovesLogOddsByTheFactorsLogarithmWhateverTheirSign) {
  SmallShortlist list({0.5F, -0.2F, -1.0F});
  list.boosts.factors = {{1, 1, 3}};  // log 3 = 1.0986
  EXPECT_THAT(list.rerank(3, true).row(0), ElementsAre(0, 2, 1));
}

TEST(Boost, OfEverybodyAlikeChangesNothing) {
  SmallShortlist list({0.9F, 0.5F, 0.4F, 0.1F});
  list.boosts.factors = {std::vector<float>(4, 1.7F)};
  EXPECT_THAT(list.rerank(4).row(0), ElementsAre(0, 1, 2, 3));
}

TEST(Boost, LeavesTheScoresAsTheRankerGaveThem) {
  SmallShortlist list({0.9F, 0.5F});
  list.boosts.factors = {{1, 2}};
  EXPECT_THAT(list.rerank(2).row_scores(0), ElementsAre(0.5F, 0.9F));
}

TEST(Boost, TakesTheFactorOfTheCreatorsOwnArm) {
  SmallShortlist list({0.9F, 0.8F, 0.7F});
  list.boosts.factors = {{}, {2, 2, 2}};
  list.boosts.creator_arm = {0, 0, 1};
  EXPECT_THAT(list.rerank(3).row(0), ElementsAre(2, 0, 1));
}

TEST(Boost, IsNotSeenByUsersOnTheOtherSide) {
  SmallShortlist list({0.9F, 0.8F}, 2);
  list.boosts.factors = {{1, 2}};
  list.boosts.user_sees = {1, 0};
  const auto best = list.rerank(2);
  EXPECT_THAT(best.row(0), ElementsAre(1, 0));
  EXPECT_THAT(best.row(1), ElementsAre(0, 1));
}

TEST(Boost, PadsShortRows) {
  SmallShortlist list({0.9F, 0.8F, 0.7F});
  list.shortlist.row(0)[2] = no_item;
  list.boosts.factors = {{1, 2}};
  EXPECT_THAT(list.rerank(3).row(0), ElementsAre(1, 0, no_item));
}

// All boosted: 4 (.54), 3 (.52), 0 (.5), 1 (.4), 2 (.3); none: 0, 1, 2, 3, 4. Creator 3 is treated and stands second, where
// full launch would put it, though 4, which would stand before it, does not: 4 is in control and stands last.
TEST(Interleaving, PutsATreatedCreatorWhereFullLaunchWould) {
  SmallShortlist list({0.5F, 0.4F, 0.3F, 0.26F, 0.18F});
  list.boosts.factors = {{}, {1, 1, 1, 2, 3}};
  list.boosts.creator_arm = {0, 0, 0, 1, 0};
  list.boosts.interleaved = 1;
  const auto both = list.rerank(5);
  EXPECT_THAT(both.row(0),
              testing::AnyOf(ElementsAreArray({0, 1, 3, 2, 4}), ElementsAreArray({0, 3, 1, 2, 4})));
  list.boosts.interleaved = 0;
  EXPECT_THAT(list.rerank(5).row(0), ElementsAre(3, 0, 1, 2, 4)) << "without, it stands before them all";
}

TEST(Interleaving, OfABoostThatIsTheSameForAllChangesNothing) {
  SmallShortlist list({0.9F, 0.5F, 0.4F, 0.1F});
  list.boosts.factors = {{}, std::vector<float>(4, 5.0F)};
  list.boosts.creator_arm = {0, 0, 1, 1};
  list.boosts.interleaved = 1;
  EXPECT_THAT(list.rerank(4).row(0), ElementsAre(0, 1, 2, 3));
}

// 400 fair coins: 200 +- 50 is five standard deviations.
TEST(Interleaving, LetsACoinPerUserDecideWhereArmsMeetOnAPlace) {
  SmallShortlist list({0.9F, 0.5F, 0.4F}, 400);
  list.boosts.factors = {{}, {1, 1, 1.5F}};
  list.boosts.creator_arm = {0, 0, 1};
  list.boosts.interleaved = 1;
  const auto best = list.rerank(3);
  int treated_first = 0;
  for (std::size_t row = 0; row < 400; ++row) {
    EXPECT_EQ(best.row(row)[0], 0U);
    treated_first += best.row(row)[1] == 2 ? 1 : 0;
  }
  EXPECT_NEAR(treated_first, 200, 50);
}

}  // namespace
}  // namespace perennial
