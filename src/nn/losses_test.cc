#include "nn/losses.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

namespace perennial {
namespace {

using Loss = std::function<double(std::span<const float>, std::span<float>)>;

/// The greatest difference between a loss's slopes and its central finite differences.
double worst_slope_error(const Loss& loss, std::vector<float> at) {
  constexpr float step = 1.0F / 256;
  std::vector<float> slope(at.size()), unused(at.size());
  loss(at, slope);
  double worst = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const float middle = at[i];
    at[i] = middle + step;
    const double above = loss(at, unused);
    at[i] = middle - step;
    const double below = loss(at, unused);
    at[i] = middle;
    worst = std::max(worst, std::abs((above - below) / (2 * step) - slope[i]));
  }
  return worst;
}

TEST(Losses, SlopesOfCrossEntropyAreItsFiniteDifferences) {
  const std::vector<float> labels = {0, 1, 1, 0, 1};
  const auto loss = [&](auto logits, auto slope) { return bce_on_logits(logits, labels, slope); };
  EXPECT_LT(worst_slope_error(loss, {-2, -1.5F, 0.25F, 1, 3}), 1e-6);
}

TEST(Losses, SlopesOfBprAreItsFiniteDifferences) {
  EXPECT_LT(worst_slope_error(bpr, {-2, 1, 0.5F, 0.5F, 3, -1}), 1e-6);
}

TEST(Losses, CrossEntropyOfAnUndecidedLogitIsOneBit) {
  std::vector<float> slope(2);
  EXPECT_NEAR(bce_on_logits(std::vector<float>{0, 0}, std::vector<float>{0, 1}, slope), std::log(2.0), 1e-12);
  EXPECT_FLOAT_EQ(slope[0], 0.25F);
  EXPECT_FLOAT_EQ(slope[1], -0.25F);
}

TEST(Losses, CrossEntropyTakesLogitsNotProbabilities) {
  std::vector<float> slope(1);
  EXPECT_NEAR(bce_on_logits(std::vector<float>{4}, std::vector<float>{1}, slope), std::log1p(std::exp(-4.0)),
              1e-9);
}

TEST(Losses, StayFiniteAtExtremeScores) {
  std::vector<float> slope(2);
  EXPECT_NEAR(bce_on_logits(std::vector<float>{1e4F, -1e4F}, std::vector<float>{0, 1}, slope), 1e4, 1);
  EXPECT_TRUE(std::isfinite(slope[0]) && std::isfinite(slope[1]));
  EXPECT_NEAR(bpr(std::vector<float>{-1e4F, 1e4F}, slope), 2e4, 1);
  EXPECT_TRUE(std::isfinite(slope[0]) && std::isfinite(slope[1]));
}

}  // namespace
}  // namespace perennial
