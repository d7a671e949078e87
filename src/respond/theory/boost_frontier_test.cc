#include "respond/theory/boost_frontier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/random.h"

namespace perennial {
namespace {

TEST(BoostFrontier, SwapsWhereTheBoostOutweighsTheValue) {
  // One place; the second post is worth a tenth less, and e^l times as much once l z = l is counted.
  const std::vector<RankedCandidate> slate = {{0, 0, 1.0, 0, .5, 0}, {0, 1, .9, 1, .5, .2}};
  const std::vector<double> strengths = {0, .1, .11};
  const auto frontier = boost_frontier(slate, 1, strengths, 2);
  EXPECT_EQ(frontier[0].short_run_cost, 0);
  EXPECT_EQ(frontier[1].short_run_cost, 0) << "exp(.1) x .9 is below 1";
  EXPECT_NEAR(frontier[2].short_run_cost, .1, 1e-12);
  EXPECT_NEAR(frontier[2].posts_gain, .5 * .2 / 2, 1e-12);
}

std::vector<RankedCandidate> random_slates(std::uint32_t slates) {
  const Draws draws(4, Purpose::world);
  std::vector<RankedCandidate> all;
  for (std::uint32_t s = 0; s < slates; ++s) {
    for (std::uint32_t i = 0; i < 20; ++i) {
      const double z = draws.normal(s, i);
      all.push_back({s, i, std::exp(.5 * draws.normal(s, i, 1)), z, .2, .01 * (1 + z)});
    }
  }
  return all;
}

TEST(BoostFrontier, CostGrowsWithTheSquareOfASmallStrengthAndPostsInProportion) {
  const auto slates = random_slates(20000);
  const std::vector<double> strengths = {0, .025, .05, .1};
  const auto frontier = boost_frontier(slates, 5, strengths, 1000);
  EXPECT_EQ(frontier[0].short_run_cost, 0);
  EXPECT_EQ(frontier[0].posts_gain, 0);
  for (std::size_t i = 2; i < frontier.size(); ++i) {
    EXPECT_NEAR(frontier[i].short_run_cost / frontier[i - 1].short_run_cost, 4, .5);
    EXPECT_NEAR(frontier[i].posts_gain / frontier[i - 1].posts_gain, 2, .2);
  }
}

TEST(BoostFrontier, ShowsWholeSlatesWhereThereAreMorePlacesThanPosts) {
  const std::vector<RankedCandidate> slate = {
      {7, 0, 1.0, 0, .5, .1}, {7, 1, .5, 3, .5, .2}, {9, 0, 2, 0, 1, .1}};
  const auto frontier = boost_frontier(slate, 5, std::vector<double>{2}, 1);
  EXPECT_DOUBLE_EQ(frontier[0].short_value, 3.5);
  EXPECT_EQ(frontier[0].short_run_cost, 0);
  EXPECT_EQ(frontier[0].posts_gain, 0);
}

TEST(BoostFrontier, RefusesWhatIsNoNumberNamingTheCreator) {
  const std::vector<RankedCandidate> slate = {{0, 12, std::nan(""), 0, .5, 0}};
  try {
    boost_frontier(slate, 1, std::vector<double>{0}, 1);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("creator 12 in slate 0"));
  }
  EXPECT_THROW(boost_frontier({}, 1, std::vector<double>{0}, 1), Error);
}

}  // namespace
}  // namespace perennial
