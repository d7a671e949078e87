#include "platform/recommend/negative_sampler.h"

#include <gtest/gtest.h>

#include <set>

#include "platform/recommend/planted_platform.h"

namespace perennial {
namespace {

const Draws draws(1, Purpose::training, 1);

/// Twenty items; user 0 clicked items 0-3 and skipped 4-7.
struct Sampling {
  PlantedPlatform platform{{.users = 2, .creators = 20}};
  InteractionRows rows;

  Sampling() {
    platform.make_items(1);
    for (ItemId item = 0; item < 8; ++item) meet(0, item, item < 4);
  }
  void meet(UserId user, ItemId item, bool click) {
    rows.add({user, item, platform.items.creator[item], platform.items.genre[item]}, click);
  }
  std::set<ItemId> drawn(UserId user, double shown_share) const {
    const NegativeSampler sampler(rows, platform.items, false);
    std::set<ItemId> items;
    for (std::uint32_t i = 0; i < 1000; ++i) {
      if (const auto found = sampler.draw(user, shown_share, draws, i, 0)) items.insert(found->item);
    }
    return items;
  }
};

std::set<ItemId> from_to(ItemId first, ItemId last) {
  std::set<ItemId> items;
  for (ItemId item = first; item <= last; ++item) items.insert(item);
  return items;
}

TEST(NegativeSampler, DrawsSkippedItemsOrUnseenOnesAsAsked) {
  const Sampling sampling;
  EXPECT_EQ(sampling.drawn(0, 1), from_to(4, 7));
  EXPECT_EQ(sampling.drawn(0, 0), from_to(8, 19));
  EXPECT_EQ(sampling.drawn(0, 0.5), from_to(4, 19));
}

TEST(NegativeSampler, NeverDrawsWhatWasClickedEvenIfItWasAlsoSkipped) {
  Sampling sampling;
  sampling.meet(0, 5, true);
  sampling.meet(0, 0, false);
  EXPECT_EQ(sampling.drawn(0, 0.5),
            (std::set<ItemId>{4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}));
}

TEST(NegativeSampler, TakesTheOtherKindWhereOneIsMissing) {
  Sampling sampling;
  for (ItemId item = 0; item < 20; ++item) sampling.meet(1, item, item < 18);
  EXPECT_EQ(sampling.drawn(1, 0), from_to(18, 19)) << "everything was shown, two items were skipped";
  Sampling clicked_only;
  clicked_only.meet(1, 3, true);
  EXPECT_EQ(clicked_only.drawn(1, 1).size(), 19U) << "nothing was skipped, all but item 3 are unseen";
}

TEST(NegativeSampler, DrawsNothingForAUserWhoClickedEverything) {
  Sampling sampling;
  for (ItemId item = 0; item < 20; ++item) sampling.meet(1, item, true);
  EXPECT_TRUE(sampling.drawn(1, 0.5).empty());
}

TEST(NegativeSampler, TellsThePastApartByCreatorAndGenre) {
  InteractionRows rows;
  rows.add({0, no_item, 1, 0}, true);
  rows.add({0, no_item, 1, 0}, false);
  rows.add({0, no_item, 2, 0}, false);
  const Items none;
  const NegativeSampler sampler(rows, none, false);
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(sampler.draw(0, 0.5, draws, i, 0)->creator, 2U);
}

TEST(NegativeSampler, DrawsAnewEveryEpoch) {
  const Sampling sampling;
  const NegativeSampler sampler(sampling.rows, sampling.platform.items, false);
  int same = 0;
  for (std::uint32_t i = 0; i < 100; ++i) {
    same += sampler.draw(0, 0, draws, i, 1)->item == sampler.draw(0, 0, draws, i, 2)->item ? 1 : 0;
  }
  EXPECT_LT(same, 30);
}

}  // namespace
}  // namespace perennial
