#include "world/shown_items.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <deque>

namespace perennial {
namespace {

TEST(ShownItems, NobodyHasSeenAnythingAtFirst) {
  const ShownItems shown(3, 4);
  for (UserId user = 0; user < 3; ++user) EXPECT_FALSE(shown.contains(user, 0));
}

TEST(ShownItems, WhatOneUserSawIsNewToTheOthers) {
  ShownItems shown(3, 4);
  shown.add(1, 9);
  EXPECT_TRUE(shown.contains(1, 9));
  EXPECT_FALSE(shown.contains(0, 9));
  EXPECT_FALSE(shown.contains(2, 9));
}

TEST(ShownItems, ForgetTheOldestOnceTheRingIsFull) {
  ShownItems shown(1, 3);
  for (ItemId item = 0; item < 4; ++item) shown.add(0, item);
  EXPECT_FALSE(shown.contains(0, 0));
  for (ItemId item = 1; item < 4; ++item) EXPECT_TRUE(shown.contains(0, item));
}

/// A ring of recency x slate places: whatever the slates were, an item that is still a candidate is still remembered.
RC_GTEST_PROP(ShownItems, NeverForgetACandidateWithinRecency, ()) {
  const auto recency = *rc::gen::inRange<std::uint32_t>(0, 7);
  const auto slate = *rc::gen::inRange<std::size_t>(1, 6);
  const auto rounds = *rc::gen::inRange<std::uint32_t>(1, 40);
  ShownItems shown(1, std::max<std::uint32_t>(1, recency) * slate);
  struct Seen {
    ItemId item;
    std::uint32_t born;
  };
  std::vector<Seen> seen;
  ItemId next_item = 0;
  for (std::uint32_t round = 1; round <= rounds; ++round) {
    for (const auto& [item, born] : seen) {
      if (born + recency >= round) RC_ASSERT(shown.contains(0, item));
    }
    const auto places = *rc::gen::inRange<std::size_t>(0, slate + 1);  // short slates happen
    for (std::size_t place = 0; place < places; ++place) {
      const auto age = *rc::gen::inRange<std::uint32_t>(0, std::min(recency, round - 1) + 1);
      seen.push_back({next_item, round - age});
      shown.add(0, next_item++);
    }
  }
}

TEST(ShownItems, SurviveSavingAndLoadingInTheMiddleOfARing) {
  ShownItems shown(2, 3);
  for (ItemId item = 0; item < 4; ++item) shown.add(1, item);
  Archive saved;
  shown.persist(saved);
  Archive opened(saved.bytes());
  ShownItems loaded;
  loaded.persist(opened);
  for (auto* ring : {&shown, &loaded}) ring->add(1, 4);
  for (ItemId item = 0; item < 6; ++item)
    EXPECT_EQ(loaded.contains(1, item), shown.contains(1, item)) << item;
}

}  // namespace
}  // namespace perennial
