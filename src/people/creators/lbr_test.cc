#include "people/creators/lbr.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "people/creators/asked_creators_for_tests.h"

namespace perennial {
namespace {

TEST(LocalBetterResponse, StaysWhereItIsWithoutFeedback) {
  LocalBetterResponse model;
  set(model, {{"eta", 10.0}});
  AskedCreators some(6);
  for (GenreId g = 0; g < 5; ++g) some.join({{g, 3}, {static_cast<GenreId>(g + 1), 1}});
  model.start(some.records, AskedCreators::seed);
  for (std::uint32_t round = 1; round < 10; ++round)
    EXPECT_EQ(some.decide(model, round), (std::vector<GenreId>{0, 1, 2, 3, 4})) << round;
}

// Only genre 1 ever drew clicks. Steps to its side are kept, others are not; a kept step may also lead past it, since it
// is brought to length 1 only afterwards, so not everybody stays there.
TEST(LocalBetterResponse, MovesACrowdToWhatDrewClicks) {
  LocalBetterResponse model;
  AskedCreators crowd(3);
  crowd.join({{0, 1}}, 300);
  model.start(crowd.records, AskedCreators::seed);
  for (CreatorId c = 0; c < 300; ++c) crowd.make(c, 1, 5);
  const auto makers_of = [](const std::vector<GenreId>& made, GenreId genre) {
    return std::count(made.begin(), made.end(), genre);
  };
  const auto first = crowd.decide(model, 1);
  EXPECT_EQ(makers_of(first, 0), 300);
  for (std::uint32_t round = 2; round < 100; ++round) crowd.decide(model, round);
  const auto last = crowd.decide(model, 100);
  EXPECT_GT(makers_of(last, 1), 200);
  EXPECT_GT(makers_of(last, 1), 2 * makers_of(last, 2));
}

}  // namespace
}  // namespace perennial
