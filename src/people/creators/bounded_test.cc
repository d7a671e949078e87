#include "people/creators/bounded.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "people/creators/asked_creators_for_tests.h"

namespace perennial {
namespace {

constexpr std::size_t genres = 6;

TEST(BoundedCreators, GoToTheTrendWhenTheyExploreTheUnknownAndHerd) {
  // One creator who knows one genre and repeats least often: what it explores is the trend.
  BoundedCreators herd, free;
  set(herd, {{"herding", 1.0}});
  AskedCreators one(genres);
  one.join({{0, 1}});
  one.trending = 4;
  std::vector<int> with(genres), without(genres);
  for (std::uint32_t round = 1; round <= 2000; ++round) {
    ++with[one.decide(herd, round)[0]];
    ++without[one.decide(free, round)[0]];
  }
  EXPECT_EQ(with[0] + with[4], 2000);
  EXPECT_NEAR(with[4], 2000 * (1 - 0.6138), 90);
  for (GenreId g = 1; g < genres; ++g) EXPECT_NEAR(without[g], 2000 * (1 - 0.6138) / 5, 60) << g;
}

// 2,000 creators in one place: five binomial standard errors. Coins shared between creators would make all go the same way.
TEST(BoundedCreators, DecideEachForItselfAndEachRoundAnew) {
  BoundedCreators model;
  AskedCreators crowd(genres);
  crowd.join({{0, 2}, {1, 1}}, 2000);
  std::vector<std::vector<GenreId>> by_round;
  for (std::uint32_t round = 1; round <= 2; ++round) {
    const auto& made = by_round.emplace_back(crowd.decide(model, round));
    EXPECT_NEAR(static_cast<double>(std::count(made.begin(), made.end(), 0)), 2000 * 0.6138, 110);
    EXPECT_NEAR(static_cast<double>(std::count(made.begin(), made.end(), 1)), 2000 * 0.3862 / 2, 90);
    EXPECT_NEAR(static_cast<double>(std::count(made.begin(), made.end(), 5)), 2000 * 0.3862 / 8, 48);
  }
  EXPECT_NE(by_round[0], by_round[1]);
}

TEST(BoundedCreators, PreferAmongKnownGenresWhatDrewMoreClicks) {
  BoundedCreators model;
  AskedCreators one(3);
  one.join({{0, 1}, {1, 1}, {2, 1}});  // knows all: explores the known only
  one.make(0, 1, 9);
  one.make(0, 2, 3);
  one.make(0, 0, 1);
  std::vector<int> made_of(3);
  for (std::uint32_t round = 2; round < 4002; ++round) ++made_of[one.decide(model, round)[0]];
  EXPECT_NEAR(made_of[1] / double(made_of[1] + made_of[2]), 0.75, 0.055);
}

TEST(BoundedCreators, TakeRatesOfOnesOwn) {
  BoundedCreators model;
  set(model, {{"repeat_rates", std::string("1,0,0,0,0")}, {"known_share", 1.0}});
  AskedCreators crowd(genres);
  crowd.join({{0, 2}, {1, 1}}, 50);
  model.start(crowd.records, 1);
  EXPECT_EQ(crowd.decide(model, 1), std::vector<GenreId>(50, 0)) << "feedback of the lowest fifth";
  set(model, {{"repeat_rates", std::string("0,0,0,0,0")}});
  EXPECT_EQ(crowd.decide(model, 1), std::vector<GenreId>(50, 1)) << "the other genre they know";
}

TEST(BoundedCreators, RefuseRatesThatAreNotFiveProbabilities) {
  AskedCreators crowd(genres);
  for (const char* rates :
       {"0.5", "0.1,0.2,0.3,0.4", "0.1,0.2,0.3,0.4,1.5", "0.1,0.2,0.3,0.4,x", "1,1,1,1,1,1", ","}) {
    BoundedCreators model;
    set(model, {{"repeat_rates", std::string(rates)}});
    EXPECT_THROW(model.start(crowd.records, 1), Error) << rates;
  }
}

}  // namespace
}  // namespace perennial
