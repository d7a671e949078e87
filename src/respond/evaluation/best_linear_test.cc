#include "respond/evaluation/best_linear.h"

#include <gtest/gtest.h>

#include "respond/statistics/golden_for_tests.h"

namespace perennial {
namespace {

TEST(BestLinearPredictor, IsThatOfOthersPrograms) {
  const auto& units = golden_units();
  std::vector<std::uint8_t> treated;
  std::vector<std::uint32_t> clusters;
  for (const double w : units.at("w")) treated.push_back(w > 0);
  for (const double cluster : units.at("cl")) clusters.push_back(static_cast<std::uint32_t>(cluster));
  const auto alone = best_linear_predictor({units.at("y"), treated, {}}, units.at("s"), units.at("pre"), 0.5);
  EXPECT_NEAR(alone.ate.mean, 0.385826967208792, 1e-9);
  EXPECT_NEAR(alone.ate.se, 0.0525378859827247, 1e-9);
  EXPECT_NEAR(alone.slope.mean, 0.931971188669251, 1e-9);
  EXPECT_NEAR(alone.slope.se, 0.1407476300838188, 1e-9);
  const auto clustered =
      best_linear_predictor({units.at("y"), treated, clusters}, units.at("s"), units.at("pre"), 0.5);
  EXPECT_NEAR(clustered.slope.mean, alone.slope.mean, 1e-12);
  EXPECT_NEAR(clustered.ate.se, 0.0542121403185332, 1e-9);
  EXPECT_NEAR(clustered.slope.se, 0.1367229272271476, 1e-9);
}

TEST(BestLinearPredictor, FindsNothingInOneScoreForAll) {
  const auto& units = golden_units();
  std::vector<std::uint8_t> treated;
  for (const double w : units.at("w")) treated.push_back(w > 0);
  const std::vector<double> score(treated.size(), 0.1);
  const auto found = best_linear_predictor({units.at("y"), treated, {}}, score, {}, 0.5);
  EXPECT_EQ(found.slope.mean, 0);
  EXPECT_EQ(found.slope.p, 1);
  EXPECT_GT(found.ate.mean, 0.3);
}

}  // namespace
}  // namespace perennial
