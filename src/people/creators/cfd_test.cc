#include "people/creators/cfd.h"

#include <gtest/gtest.h>

#include "people/creators/asked_creators_for_tests.h"

namespace perennial {
namespace {

/// One creator of taste (0.6, 0.8).
AskedCreators with_a_taste() {
  AskedCreators one(2);
  one.join({{0, 3}, {1, 4}});
  return one;
}

TEST(FeatureDynamics, MoveTheTasteByHandComputedSteps) {
  CreatorFeatureDynamics model;
  set(model, {{"eta", 1.0}});
  auto one = with_a_taste();
  model.start(one.records, AskedCreators::seed);
  EXPECT_EQ(one.decide(model, 1)[0], 1);  // nothing known of clicks yet
  one.make(0, 0, 1);
  EXPECT_EQ(one.decide(model, 1)[0], 0);  // (0.6 + 1, 0.8)
}

// Three clicks in genre 1 and one in genre 0, which counts 4 because of who clicked: taste (0.6, 0.8) + (4, 3 x 0.1).
TEST(FeatureDynamics, FollowWhoseClicksCountMore) {
  for (const bool weighted : {false, true}) {
    CreatorFeatureDynamics model;
    set(model, {{"eta", 1.0}});
    auto one = with_a_taste();
    model.start(one.records, AskedCreators::seed);
    if (weighted) one.perceived = PerceivedClicks::by_weight(2);
    const ItemId few = one.make(0, 0, 1), many = one.make(0, 1, 3);
    if (weighted) {
      one.perceived.add(one.items, few, 4);
      for (int click = 0; click < 3; ++click) one.perceived.add(one.items, many, 0.1);
    }
    EXPECT_EQ(one.decide(model, 2)[0], weighted ? 0 : 1);
  }
}

}  // namespace
}  // namespace perennial
