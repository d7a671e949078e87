#include "platform/rerank/fairrec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "platform/rerank/planted_round.h"

namespace perennial {
namespace {

using testing::ElementsAre;

/// Two creators with two items each; everybody likes the first one's more.
PlantedRound two_creators() {
  return {{0, 0, 1, 1}, {0, 0, 0, 0}, {{0.9F, 0.8F, 0.3F, 0.2F}, {0.9F, 0.8F, 0.3F, 0.2F}}};
}

// l = floor(2 x 2 / 2) = 2 places each. Creator 0's go to its best item in the first turn, creator 1's in the second.
TEST(FairRec, SharesOutEachCreatorsPlacesInTurns) {
  auto round = two_creators();
  auto fairrec = reranker_with<FairRecReranker>({{"alpha", 1.0}});
  EXPECT_THAT(round.slates(fairrec, 2, 3), ElementsAre(ElementsAre(0, 2, 1), ElementsAre(0, 2, 1)));
}

// One place per item: 0 and 1 in the first turn, 2 and 3 in the second.
TEST(FairRec, SharesOutEachItemsPlacesAtTheOriginalsLevel) {
  auto round = two_creators();
  auto fairrec = reranker_with<FairRecReranker>({{"alpha", 1.0}, {"level", std::string("item")}});
  EXPECT_THAT(round.slates(fairrec, 2, 2), ElementsAre(ElementsAre(0, 2), ElementsAre(1, 3)));
}

// l = floor(0.5 x 4 / 2) = 1: 0 by the first user, 2 by the second, then relevance.
TEST(FairRec, GuaranteesOnlyAlphaOfThePlaces) {
  auto round = two_creators();
  auto fairrec = reranker_with<FairRecReranker>({{"alpha", 0.5}});
  EXPECT_THAT(round.slates(fairrec, 2, 2), ElementsAre(ElementsAre(0, 1), ElementsAre(2, 0)));
}

TEST(FairRec, WithoutAGuaranteeIsTheRankersOrder) {
  PlantedRound round({.users = 50});
  auto fairrec = reranker_with<FairRecReranker>({{"alpha", 0.0}});
  const auto slates = round.slates(fairrec, 5, 6);
  for (std::size_t r = 0; r < slates.size(); ++r)
    EXPECT_TRUE(std::ranges::equal(slates[r], round.shortlist.row(r).first(6)));
}

TEST(FairRec, PassesOverAUserWhoseListHoldsNothingThatIsLeft) {
  PlantedRound round({0, 1}, {0, 0}, {{0.9F, -1.0F}, {0.8F, 0.7F}, {0.6F, 0.5F}, {0.4F, 0.3F}});
  auto fairrec = reranker_with<FairRecReranker>(
      {{"alpha", 1.0}});  // l = 2: item 0 to users 0 and 1, item 1 to users 2 and 3
  EXPECT_THAT(round.slates(fairrec, 1, 1),
              ElementsAre(ElementsAre(0), ElementsAre(0), ElementsAre(1), ElementsAre(1)));
}

struct Instance {
  std::size_t slate;
  PlantedRound round;
};

/// Creators with 1 to 12 items each, all of them on everybody's list.
Instance drawn_instance() {
  const Draws draws(*rc::gen::inRange<std::uint64_t>(0, 1000000), Purpose::world);
  const auto creators = *rc::gen::inRange<std::uint32_t>(1, 9),
             users = *rc::gen::inRange<std::uint32_t>(1, 30);
  std::vector<CreatorId> creator;
  for (std::uint32_t c = 0; c < creators; ++c) creator.insert(creator.end(), 1 + draws.below(12, c), c);
  std::vector<std::vector<float>> rates(users);
  for (std::uint32_t u = 0; u < users; ++u) {
    for (std::uint32_t i = 0; i < creator.size(); ++i)
      rates[u].push_back(static_cast<float>(draws.uniform(u, i, 1)));
  }
  const std::vector<GenreId> genre(creator.size(), 0);
  return {*rc::gen::inRange<std::size_t>(1, 8), {creator, genre, rates}};
}

void expect_no_repeats(const std::vector<std::vector<ItemId>>& slates) {
  for (const auto& slate : slates)
    RC_ASSERT(std::set<ItemId>(slate.begin(), slate.end()).size() == slate.size());
}

RC_GTEST_PROP(FairRec, GivesEveryCreatorWithEnoughItemsItsPlaces, ()) {
  auto [k, round] = drawn_instance();
  const double alpha = *rc::gen::inRange(0, 11) / 10.0;
  auto fairrec = reranker_with<FairRecReranker>({{"alpha", alpha}});
  const auto slates = round.slates(fairrec, k, k);
  expect_no_repeats(slates);
  const std::size_t creators = round.tables.creator.size();
  std::vector<std::size_t> places(creators, 0), items(creators, 0);
  for (const auto& slate : slates) {
    for (const ItemId item : slate) ++places[round.items.creator[item]];
  }
  for (const CreatorId c : round.items.creator) ++items[c];
  const auto each = static_cast<std::size_t>(alpha * double(round.users.size() * k) / double(creators));
  std::size_t short_of_it = 0;
  for (std::size_t c = 0; c < creators; ++c) {
    if (items[c] >= k) RC_ASSERT(places[c] >= each);
    if (places[c] < each) short_of_it += items[c];
  }
  RC_ASSERT(short_of_it < k || round.candidates.size() < k);
}

RC_GTEST_PROP(FairRec, GivesAllButAFewItemsTheirPlacesAtTheOriginalsLevel, ()) {
  auto [k, round] = drawn_instance();
  auto fairrec = reranker_with<FairRecReranker>({{"alpha", 1.0}, {"level", std::string("item")}});
  const auto slates = round.slates(fairrec, k, k);
  expect_no_repeats(slates);
  std::vector<std::size_t> places(round.candidates.size(), 0);
  for (const auto& slate : slates) {
    for (const ItemId item : slate) ++places[item];
  }
  const std::size_t each = round.users.size() * k / places.size();
  const auto short_of_it = std::ranges::count_if(places, [&](std::size_t p) { return p < each; });
  RC_ASSERT(static_cast<std::size_t>(short_of_it) < k || round.candidates.size() < k);
}

}  // namespace
}  // namespace perennial
