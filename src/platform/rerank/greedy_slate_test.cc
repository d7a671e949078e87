#include "platform/rerank/greedy_slate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/Dense>

#include "platform/rerank/apdr.h"
#include "platform/rerank/dpp.h"
#include "platform/rerank/mmr.h"
#include "platform/rerank/planted_round.h"

namespace perennial {
namespace {

using testing::ElementsAre;

/// Two items of genre 0, one of genre 1 and one of genre 2; creators 0, 1, 0, 1.
PlantedRound three_genres() {
  return {{0, 1, 0, 1}, {0, 0, 1, 2}, {{0.9F, 0.8F, 0.5F, 0.1F}}};
}

template <class Method>
std::vector<ItemId> order_of(Method method) {
  auto round = three_genres();
  return round.slates(method, 4, 4)[0];
}

// Half of each: 0 first; then 1 has .4 - .5, 2 has .25, 3 has .05.
TEST(Mmr, WeighsRelevanceAgainstLikeness) {
  EXPECT_THAT(order_of(MmrReranker()), ElementsAre(0, 2, 3, 1));
}

// 0.7: 1 has .56 - .3 = .26, 2 has .35, 3 has .07.
TEST(Mmr, WeighsRelevanceMoreWithMoreLambda) {
  EXPECT_THAT(order_of(reranker_with<MmrReranker>({{"lambda", 0.7}})), ElementsAre(0, 2, 1, 3));
}

// By creator 2 is like 0, 3 like 1: -.25 and -.45 once both creators are in.
TEST(Mmr, MayTakeItemsOfOneCreatorForAlike) {
  EXPECT_THAT(order_of(reranker_with<MmrReranker>({{"alike", std::string("creator")}})),
              ElementsAre(0, 1, 2, 3));
}

// After 0: 1 has .4 + .5 log2(3/2) = .692, 2 has .25 + .5 = .75, 3 has .05 + .5 = .55.
TEST(Apdr, LowersWhatFurtherItemsOfAGenreAreWorth) {
  EXPECT_THAT(order_of(ApdrReranker()), ElementsAre(0, 2, 1, 3));
}

// Squares .81, .64, .25, .01. A second item of genre 0 spans nothing more.
TEST(Dpp, TakesEachGenreOnceThenGoesByRelevance) {
  EXPECT_THAT(order_of(DppReranker()), ElementsAre(0, 2, 3, 1));
}

// Item 1 spans .64 (1 - .5^2) = .48 beside item 0.
TEST(Dpp, TakesASecondItemOfAGenreThatIsLessAlike) {
  EXPECT_THAT(order_of(reranker_with<DppReranker>({{"same_kind", 0.5}})), ElementsAre(0, 1, 2, 3));
}

TEST(GreedySlates, WithRelevanceAloneKeepTheRankersOrder) {
  PlantedRound round({.users = 50});
  auto mmr = reranker_with<MmrReranker>({{"lambda", 1.0}});
  auto apdr = reranker_with<ApdrReranker>({{"lambda", 1.0}});
  auto dpp = reranker_with<DppReranker>({{"same_kind", 0.0}});
  const auto by_mmr = round.slates(mmr, 5, 6), by_apdr = round.slates(apdr, 5, 6),
             by_dpp = round.slates(dpp, 5, 6);
  for (std::size_t r = 0; r < 50; ++r) {
    const auto ranked = round.shortlist.row(r).first(6);
    EXPECT_TRUE(std::ranges::equal(by_mmr[r], ranked));
    EXPECT_TRUE(std::ranges::equal(by_apdr[r], ranked));
    EXPECT_TRUE(std::ranges::equal(by_dpp[r], ranked));
  }
}

// Up to lambda 0.5 a second item of a genre is worth at most 0 to mmr, one of a new genre at least 0; to dpp it spans nothing.
TEST(MmrAndDpp, GiveTheSameSlatesAtTheirDefaults) {
  for (const std::size_t genres : {1, 3, 14}) {
    PlantedRound round({.users = 60, .creators = 20, .genres = genres, .seen = 0.2, .seed = 3});
    MmrReranker mmr;
    DppReranker dpp;
    EXPECT_EQ(round.slates(mmr, 8, 9), round.slates(dpp, 8, 9)) << genres;
    round.log_odds = true;
    EXPECT_EQ(round.slates(mmr, 8, 9), round.slates(dpp, 8, 9)) << genres;
  }
}

// Two dramas and a comedy, as in docs/methods.md.
TEST(MmrAndDpp, TakeTheSecondDramaFirstOnceLikenessCountsLess) {
  PlantedRound round({0, 1, 2}, {0, 0, 1}, {{0.9F, 0.8F, 0.25F}});
  const auto order_by = [&](Reranker&& method) { return round.slates(method, 3, 3)[0]; };
  EXPECT_THAT(order_by(MmrReranker()), ElementsAre(0, 2, 1));
  EXPECT_THAT(order_by(DppReranker()), ElementsAre(0, 2, 1));
  EXPECT_THAT(order_by(reranker_with<MmrReranker>({{"lambda", 0.8}})), ElementsAre(0, 1, 2));
  EXPECT_THAT(order_by(reranker_with<DppReranker>({{"same_kind", 0.9}})), ElementsAre(0, 1, 2));
  EXPECT_THAT(order_by(reranker_with<DppReranker>({{"same_kind", 0.95}})), ElementsAre(0, 2, 1));
}

/// Volume that items span, straight from the kernel.
double volume(const PlantedRound& round, const std::vector<ItemId>& items, double same, double other) {
  const auto count = static_cast<Eigen::Index>(items.size());
  Eigen::MatrixXd kernel(count, count);
  for (Eigen::Index a = 0; a < count; ++a) {
    for (Eigen::Index b = 0; b < count; ++b) {
      const ItemId i = items[static_cast<std::size_t>(a)], j = items[static_cast<std::size_t>(b)];
      const double sim = i == j ? 1 : round.items.genre[i] == round.items.genre[j] ? same : same * other;
      kernel(a, b) = double(round.rates[0][i]) * double(round.rates[0][j]) * sim;
    }
  }
  return kernel.determinant();
}

RC_GTEST_PROP(Dpp, AddsTheItemThatSpansTheMostBesideThoseChosen, ()) {
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000000);
  PlantedRound round({.users = 1, .creators = 5, .items_each = 2, .genres = 3, .seed = seed});
  const double same = *rc::gen::inRange(0, 10) / 10.0, other = *rc::gen::inRange(0, 10) / 10.0;
  auto dpp = reranker_with<DppReranker>({{"same_kind", same}, {"other_kind", other}});
  const auto slate = round.slates(dpp, 5, 5)[0];
  std::vector<ItemId> chosen;
  for (const ItemId item : slate) {
    auto with = chosen;
    with.push_back(item);
    const double reached = volume(round, with, same, other);
    for (const ItemId candidate : round.candidates) {
      if (std::ranges::find(chosen, candidate) != chosen.end()) continue;
      with.back() = candidate;
      RC_ASSERT(volume(round, with, same, other) <= reached * (1 + 1e-9) + 1e-13);
    }
    chosen.push_back(item);
  }
}

}  // namespace
}  // namespace perennial
