#include "respond/evaluation/contrast.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace perennial {
namespace {

TEST(Contrast, IsTheDifferenceOfMeansWithWelchsError) {
  ContrastSums sums(1);
  for (const double value : {1.0, 2.0, 3.0, 6.0}) sums.add_high({&value, 1});
  for (const double value : {0.0, 1.0}) sums.add_low({&value, 1});
  const auto contrast = sums.contrasts().front();
  EXPECT_DOUBLE_EQ(contrast.difference.mean, 2.5);
  EXPECT_DOUBLE_EQ(contrast.difference.se, std::sqrt(14.0 / 3 / 4 + 0.25));
}

TEST(Contrast, CountsMissingValuesApart) {
  const double missing = std::numeric_limits<double>::quiet_NaN();
  ContrastSums sums(1);
  for (const double value : {1.0, missing, 3.0, missing}) sums.add_high({&value, 1});
  sums.add_low({&missing, 1});
  const auto contrast = sums.contrasts().front();
  EXPECT_EQ(contrast.high_mean, 2);
  EXPECT_EQ(contrast.high_missing, 0.5);
  EXPECT_EQ(contrast.low_missing, 1);
  EXPECT_EQ(contrast.difference.p, 1);
}

}  // namespace
}  // namespace perennial
