#include "platform/rerank/creator_bonus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/rerank/cpfair.h"
#include "platform/rerank/fairco.h"
#include "platform/rerank/planted_round.h"

namespace perennial {
namespace {

using testing::ElementsAre;

/// Two creators with an item each, of which everybody likes the first more; five users.
PlantedRound two_creators() {
  return {{0, 1}, {0, 0}, std::vector<std::vector<float>>(5, {0.9F, 0.45F})};
}

/// The one item that each user is shown.
template <class Method>
std::vector<ItemId> shown_by(PlantedRound& round, Method method) {
  std::vector<ItemId> shown;
  for (const auto& slate : round.slates(method, 1, 1)) shown.push_back(slate[0]);
  return shown;
}

TEST(RoundCreators, CountsTheCandidatesOfThoseWhoHaveAny) {
  PlantedRound round({4, 1, 4, 4}, {0, 0, 0, 0}, {{0.1F, 0.2F, 0.3F, 0.4F}});
  const auto request = round.request(1, 1);
  const RoundCreators creators(request);
  ASSERT_EQ(creators.size(), 2U);
  EXPECT_EQ(creators.id(0), 1U);
  EXPECT_EQ(creators.id(1), 4U);
  EXPECT_EQ(creators.of(0), 1U);
  EXPECT_EQ(creators.candidates(1), 3U);
  EXPECT_EQ(creators.share(0), 0.25);
}

// L before each user and the sums that are compared:
//   (0,0) 1.9 1.45   (1,0) .9 1.45   (1,1) 1.4 .95   (2,1) 1.233 1.117   (3,1) 1.15 1.2
TEST(CpFair, AddsWhatOthersHad) {
  auto round = two_creators();
  EXPECT_THAT(shown_by(round, reranker_with<CpFairReranker>({{"lambda", 1.0}})), ElementsAre(0, 1, 0, 0, 1));
}

// rho T = 2.5. L before each user: (0,0) .9 .45   (1,0) .5 .45   (2,0) .1 .45   (2,1) .5 .45   (3,1) .1 .45
TEST(FairCo, TakesOffTheLeadOverTheLast) {
  auto round = two_creators();
  EXPECT_THAT(shown_by(round, reranker_with<FairCoReranker>({{"lambda", 1.0}})), ElementsAre(0, 0, 1, 0, 1));
}

TEST(CpFair, MayLookBackToTheFirstRound) {
  auto round = two_creators();
  round.tables.creator = {{100, 3}, {1, 0}};
  const auto since_start = reranker_with<CpFairReranker>({{"lambda", 1.0}, {"since", std::string("start")}});
  EXPECT_THAT(shown_by(round, since_start), ElementsAre(1, 1, 1, 1, 1));
}

// T = 5 + 100 visits; 90 ahead of 52.5 due is 1.7 off.
TEST(FairCo, MayLookBackToTheFirstRound) {
  auto round = two_creators();
  round.tables.creator = {{95, 3}, {5, 0}};
  round.tables.all = {100, 3};
  const auto since_start = reranker_with<FairCoReranker>({{"lambda", 1.0}, {"since", std::string("start")}});
  EXPECT_THAT(shown_by(round, since_start), ElementsAre(1, 1, 1, 1, 1));
}

// Half of five places each: a creator is last once it has had three.
TEST(CreatorBonus, MayHoldCreatorsToTheirPlaces) {
  auto round = two_creators();
  EXPECT_THAT(shown_by(round, reranker_with<CpFairReranker>({{"lambda", 0.0}, {"budget", true}})),
              ElementsAre(0, 0, 0, 1, 1));
  EXPECT_THAT(shown_by(round, reranker_with<FairCoReranker>({{"lambda", 0.0}, {"budget", true}})),
              ElementsAre(0, 0, 0, 1, 1));
}

TEST(CreatorBonus, WithoutWeightKeepsTheRankersOrder) {
  PlantedRound round({.users = 50});
  auto cpfair = reranker_with<CpFairReranker>({{"lambda", 0.0}});
  auto fairco = reranker_with<FairCoReranker>({{"lambda", 0.0}});
  const auto with_cpfair = round.slates(cpfair, 5, 6), with_fairco = round.slates(fairco, 5, 6);
  for (std::size_t r = 0; r < 50; ++r) {
    EXPECT_TRUE(std::ranges::equal(with_cpfair[r], round.shortlist.row(r).first(6)));
    EXPECT_TRUE(std::ranges::equal(with_fairco[r], round.shortlist.row(r).first(6)));
  }
}

}  // namespace
}  // namespace perennial
