#include "respond/evaluation/high_low.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "respond/statistics/golden_for_tests.h"
#include "respond/statistics/quantile.h"

namespace perennial {
namespace {

std::vector<std::uint8_t> golden_treated() {
  std::vector<std::uint8_t> treated;
  for (const double w : golden_units().at("w")) treated.push_back(w > 0);
  return treated;
}

struct Expected {
  double share, high, high_se, low, low_se, difference, se, p;
};

TEST(HighLow, IsThatOfOthersPrograms) {
  const Expected expected[] = {
      {0.2, 4.35829320936410e-01, 7.06681300864827e-02, 3.59633990849771e-02, 7.06878446293190e-02,
       3.99865921851433e-01, 9.99537692548849e-02, 6.32064676454005e-05},
      {0.5, 6.80975367793021e-01, 1.00427706588214e-01, 7.77110844337735e-02, 4.75082793007325e-02,
       6.03264283359248e-01, 1.11097978616556e-01, 5.63476302215418e-08},
      {0.8, 1.42825441475231e+00, 1.85509831557026e-01, 1.16948395031246e-01, 4.29947612300904e-02,
       1.31130601972106e+00, 1.90427012520673e-01, 5.73287934497174e-12}};
  const auto treated = golden_treated();
  const auto& score = golden_units().at("s");
  for (const auto& e : expected) {
    const auto found =
        high_against_low({golden_units().at("y"), treated, {}}, score, quantile(score, e.share));
    EXPECT_NEAR(found.high.effect.mean, e.high, 1e-9);
    EXPECT_NEAR(found.high.effect.se, e.high_se, 1e-9);
    EXPECT_NEAR(found.low.effect.mean, e.low, 1e-9);
    EXPECT_NEAR(found.low.effect.se, e.low_se, 1e-9);
    EXPECT_NEAR(found.difference.mean, e.difference, 1e-9);
    EXPECT_NEAR(found.difference.se, e.se, 1e-9);
    EXPECT_NEAR(found.difference.p / e.p, 1, 1e-6);
    EXPECT_NEAR(found.high.relative.mean, e.high / found.high.control_mean, 1e-9);
  }
}

TEST(HighLow, PutsOnlyScoresStrictlyAboveTheCutInHigh) {
  const std::vector<double> outcome = {1, 2, 3, 5, 1, 2, 3, 4}, score = {1, 1, 1, 1, 2, 2, 2, 2};
  const std::vector<std::uint8_t> treated = {0, 0, 1, 1, 0, 0, 1, 1};
  const auto found = high_against_low({outcome, treated, {}}, score, 1);
  EXPECT_EQ(found.high.treated + found.high.control, 4U);
  EXPECT_EQ(found.low.effect.mean, 2.5);
  EXPECT_EQ(found.high.effect.mean, 2);
  EXPECT_EQ(found.difference.mean, -0.5);
}

TEST(HighLow, LeavesOutCreatorsWithoutAValue) {
  const double missing = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> outcome = {1, 2, 3, 5, 9}, feature = {1, 1, 1, 1, missing};
  const std::vector<std::uint8_t> treated = {0, 0, 1, 1, 1};
  const auto found = high_against_low({outcome, treated, {}}, feature, 1);
  EXPECT_EQ(found.low.treated, 2U);
  EXPECT_EQ(found.high.treated, 0U);
  EXPECT_EQ(found.difference.p, 1);
}

TEST(HighLow, ClaimsNothingOfAGroupWithoutTwoCreatorsInEachArm) {
  const std::vector<double> outcome = {1, 2, 3, 5, 9, 7}, score = {1, 1, 1, 1, 2, 2};
  const std::vector<std::uint8_t> treated = {0, 0, 1, 1, 1, 0};
  const auto found = high_against_low({outcome, treated, {}}, score, 1);
  EXPECT_EQ(found.high.effect.se, 0);
  EXPECT_EQ(found.high.effect.p, 1);
  EXPECT_EQ(found.difference.p, 1);
}

TEST(HighLow, CountsClustersNotTheirCreators) {
  const auto treated = golden_treated();
  const auto& units = golden_units();
  std::vector<double> outcome, score;
  std::vector<std::uint8_t> arms;
  std::vector<std::uint32_t> clusters;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    for (int copy = 0; copy < 4; ++copy) {
      outcome.push_back(units.at("y")[i]);
      score.push_back(units.at("s")[i]);
      arms.push_back(treated[i]);
      clusters.push_back(i);
    }
  }
  const auto naive = high_against_low({outcome, arms, {}}, score, 0.2);
  const auto clustered = high_against_low({outcome, arms, clusters}, score, 0.2);
  EXPECT_NEAR(clustered.difference.se / naive.difference.se, 2, 0.01);
}

}  // namespace
}  // namespace perennial
