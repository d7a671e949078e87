#include "people/creators/mixed.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "people/creators/asked_creators_for_tests.h"

namespace perennial {
namespace {

TEST(MixedCreators, AreOfTheirKindsByShareAndForGood) {
  // random and history in equal parts: who ever leaves its history is a random one, for the others it is all they make.
  MixedCreators model;
  set(model, {{"shares", std::string("random:1,history:1")}});
  AskedCreators crowd(6);
  crowd.join({{2, 1}}, 400);
  model.start(crowd.records, AskedCreators::seed);
  std::vector<int> strayed(400);
  for (std::uint32_t round = 1; round <= 60; ++round) {
    const auto made = crowd.decide(model, round);
    for (std::size_t c = 0; c < 400; ++c) strayed[c] += made[c] != 2 ? 1 : 0;
  }
  const auto faithful = std::count(strayed.begin(), strayed.end(), 0);
  EXPECT_NEAR(static_cast<double>(faithful), 200, 40);
  for (const int times : strayed) EXPECT_TRUE(times == 0 || times > 30) << times;
}

TEST(MixedCreators, SharesThatCannotBeReadAreRefused) {
  AskedCreators two(6);
  two.join({{0, 1}}, 2);
  for (const auto* shares : {"", "bounded", "bounded:", "bounded:x", "bounded:-1", "bounded:0", "bounded:nan",
                             "mixed:1", "bounde:1", "bounded:1,"}) {
    MixedCreators model;
    set(model, {{"shares", std::string(shares)}});
    EXPECT_THROW(model.start(two.records, AskedCreators::seed), Error) << shares;
  }
}

}  // namespace
}  // namespace perennial
