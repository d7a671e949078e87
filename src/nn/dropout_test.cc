#include "nn/dropout.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace perennial {
namespace {

std::vector<float> dropped(double rate, std::uint32_t entity, std::size_t size = 200) {
  std::vector<float> units(size, 1.0F);
  drop_units(units, rate, Draws(5, Purpose::training), entity, 1, 0);
  return units;
}

TEST(Dropout, DropsTheShareAskedForAndKeepsTheMean) {
  constexpr int rows = 500, size = 200;
  double zeros = 0, sum = 0;
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (const float unit : dropped(0.1, row)) {
      zeros += unit == 0 ? 1 : 0;
      sum += unit;
      EXPECT_TRUE(unit == 0 || std::abs(unit - 1 / 0.9F) < 1e-6);
    }
  }
  // Four standard errors of a share over 100,000 draws: 0.0038.
  EXPECT_NEAR(zeros / (rows * size), 0.1, 0.004);
  EXPECT_NEAR(sum / (rows * size), 1, 0.005);
}

TEST(Dropout, IsAFunctionOfItsAddress) {
  EXPECT_EQ(dropped(0.5, 3), dropped(0.5, 3));
  EXPECT_NE(dropped(0.5, 3), dropped(0.5, 4));
  const auto all = dropped(0.5, 3), some = dropped(0.5, 3, 83);
  EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin())) << "whatever else is there";
}

TEST(Dropout, DropsUnitsIndependently) {
  int both = 0, rows = 4000;
  for (std::uint32_t row = 0; row < static_cast<std::uint32_t>(rows); ++row) {
    const auto units = dropped(0.5, row, 9);
    both += units[0] == 0 && units[1] == 0 ? 1 : 0;
  }
  EXPECT_NEAR(both, rows / 4, 110);  // four standard errors
}

TEST(Dropout, LeavesAllAloneAtRateZero) {
  EXPECT_EQ(dropped(0, 1), std::vector<float>(200, 1.0F));
}

}  // namespace
}  // namespace perennial
