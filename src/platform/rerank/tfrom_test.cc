#include "platform/rerank/tfrom.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/rerank/planted_round.h"

namespace perennial {
namespace {

using testing::ElementsAre;

// Places are worth 1 and .631, a slate 1.631; creator 0 may have 3/4 of that, creator 1 a quarter.
//   user 1: limits 1.223, .408: item 0 first (1); second place: 1.631 and .631 are too much, so item 1 fills it after.
//   user 2: limits 2.446, .815: first place: 2.631 and 1 are too much; second: 2.262 is not, item 0; item 1 fills the first.
//   user 3: limits 3.670, 1.223: first place: 4.262 is too much, 1 is not, item 3; second: 3.893, 1.631: item 0 fills it.
TEST(Tfrom, HoldsEachCreatorToItsShareOfTheExposure) {
  PlantedRound round({0, 0, 0, 1}, {0, 0, 0, 0},
                     std::vector<std::vector<float>>(3, {0.9F, 0.8F, 0.7F, 0.1F}));
  TfromReranker tfrom;
  EXPECT_THAT(round.slates(tfrom, 2, 3),
              ElementsAre(ElementsAre(0, 1, 2), ElementsAre(1, 0, 2), ElementsAre(3, 0, 1)));
}

TEST(Tfrom, OfOneCreatorIsTheRankersOrder) {
  PlantedRound round({.users = 20, .creators = 1, .items_each = 15});
  TfromReranker tfrom;
  const auto slates = round.slates(tfrom, 5, 6);
  for (std::size_t r = 0; r < slates.size(); ++r) {
    auto sorted = slates[r];
    std::ranges::sort(sorted);
    auto expected = std::vector<ItemId>(round.shortlist.row(r).begin(), round.shortlist.row(r).begin() + 6);
    std::ranges::sort(expected);
    EXPECT_EQ(sorted, expected) << "the same items; rounding may leave the last place to be filled after";
  }
}

TEST(Tfrom, BringsExposureCloseToTheSharesOfCandidates) {
  PlantedRound round({.users = 200, .creators = 4, .items_each = 10});
  for (auto& user : round.rates) {
    for (std::size_t i = 3; i < user.size(); i += 4) user[i] *= 0.2F;  // whom the ranker hardly ever shows
  }
  TfromReranker tfrom;
  int places = 0;
  for (const auto& slate : round.slates(tfrom, 5, 5)) {
    for (const ItemId item : slate) places += round.items.creator[item] == 3 ? 1 : 0;
  }
  EXPECT_NEAR(places, 250, 40) << "a quarter of 1,000";
}

}  // namespace
}  // namespace perennial
