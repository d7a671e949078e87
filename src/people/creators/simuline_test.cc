#include "people/creators/simuline.h"

#include <gtest/gtest.h>

#include "people/creators/asked_creators_for_tests.h"

namespace perennial {
namespace {

TEST(SimuLine, LooksBackAsFarAsItIsTold) {
  SimuLineCreators far;
  set(far, {{"memory", std::int64_t{40}}});
  EXPECT_EQ(far.memory(), 40u);
  // Its oldest item drew all the clicks: who remembers it repeats it, who does not cannot.
  for (const std::int64_t memory : {2, 3}) {
    SimuLineCreators model;
    set(model, {{"memory", memory}, {"concentration", 5.0}});
    AskedCreators one(2);
    one.join({{0, 1}});
    one.make(0, 1, 20);
    one.make(0, 0, 0);
    one.make(0, 0, 0);
    EXPECT_EQ(one.decide(model, 2)[0], memory == 3 ? 1 : 0);
  }
}

}  // namespace
}  // namespace perennial
