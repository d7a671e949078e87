#include "platform/suggest/rate_calibration.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

TEST(RateCalibration, TakesRatesAtTheirWordWhereNothingWasSeen) {
  EXPECT_EQ(RateCalibration().factor(0), 1);
  EXPECT_EQ(RateCalibration().factor(1000), 1);
}

TEST(RateCalibration, FindsByHowMuchRatesOverstateForThoseHardlyShownTheGenre) {
  RateCalibration calibration;
  for (int i = 0; i < 4000; ++i) {
    calibration.learn(0, 0.5, i % 4 == 0);   // a click in four where one in two was expected
    calibration.learn(20, 0.5, i % 2 == 0);  // as expected
  }
  EXPECT_NEAR(calibration.factor(0), 0.5, 0.01);
  EXPECT_NEAR(calibration.factor(17), 1, 0.001);
  EXPECT_EQ(calibration.factor(1), 1);  // a class of its own
}

TEST(RateCalibration, PutsNeighbouringCountsTogether) {
  for (const auto& [low, high] : {std::pair{3U, 4U}, {5U, 8U}, {9U, 16U}, {17U, 5000U}}) {
    RateCalibration calibration;
    for (int i = 0; i < 100; ++i) calibration.learn(low, 0.5, false);
    EXPECT_LT(calibration.factor(high), 0.5) << high;
    EXPECT_EQ(calibration.factor(low - 1), 1) << low;
  }
}

}  // namespace
}  // namespace perennial
