#include "respond/evaluation/gates.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace perennial {
namespace {

TEST(ScoreGroups, SplitCreatorsEvenlyLowestFirst) {
  std::vector<double> score, effects;
  for (int i = 0; i < 100; ++i) {
    score.push_back(i);
    effects.push_back(2 * i);
  }
  const auto groups = score_groups(score, effects, {});
  ASSERT_EQ(groups.size(), 5U);
  EXPECT_EQ(groups[0].creators, 20U);
  EXPECT_EQ(groups[0].score_mean, 9.5);
  EXPECT_EQ(groups[0].effect.mean, 19);
  EXPECT_EQ(groups[4].score_low, 80);
  EXPECT_EQ(groups[4].score_high, 99);
  EXPECT_DOUBLE_EQ(calibration_error(groups), 49.5);
}

TEST(ScoreGroups, OfOneScoreForAllAreOneGroup) {
  const std::vector<double> score(10, 1.0), effects = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const auto groups = score_groups(score, effects, {});
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].effect.mean, 5.5);
}

TEST(CalibrationError, SquaredIsNothingOnAverageForAScoreThatIsRight) {
  double sum = 0, absolute = 0;
  constexpr std::uint32_t seeds = 400, creators = 200;
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    const Draws draws(seed, Purpose::world);
    std::vector<double> score, effects;
    for (std::uint32_t i = 0; i < creators; ++i) {
      score.push_back(draws.normal(i));
      effects.push_back(score.back() + 3 * draws.normal(i, 1));
    }
    const auto groups = score_groups(score, effects, {});
    sum += calibration_error_squared(groups);
    absolute += calibration_error(groups);
  }
  EXPECT_NEAR(sum / seeds, 0, 0.02);  // the noise's share alone would be 9 / 40 = .225
  EXPECT_GT(absolute / seeds, 0.3);
}

}  // namespace
}  // namespace perennial
