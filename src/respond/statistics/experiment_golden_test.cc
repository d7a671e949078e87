// Values of tests/golden/respond/expected.txt; the README there names their source. Two-sample statistics are of y by
// w; the ratio is y over pre + 1.

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "respond/statistics/chi_square.h"
#include "respond/statistics/cuped.h"
#include "respond/statistics/golden_for_tests.h"
#include "respond/statistics/kolmogorov_smirnov.h"
#include "respond/statistics/moments.h"
#include "respond/statistics/multiple_testing.h"
#include "respond/statistics/power.h"
#include "respond/statistics/quotient.h"
#include "respond/statistics/two_sample.h"

namespace perennial {
namespace {

constexpr double closed_form = 1e-9;

class ExperimentGolden : public testing::Test {
 protected:
  const std::vector<double>& outcome_ = golden_units().at("y");
  const std::vector<double>& before_ = golden_units().at("pre");
  const std::vector<double>& score_ = golden_units().at("s");
  const std::vector<std::uint8_t> treated_{golden_units().at("w").begin(), golden_units().at("w").end()};
  const TwoArms arms_{treated_, {}};
};

TEST_F(ExperimentGolden, Welch) {
  const ArmMeans means = arm_means(outcome_, arms_);
  const Estimate found = difference(means);
  EXPECT_NEAR(found.mean, 3.60493730860129e-01, closed_form);
  EXPECT_NEAR(found.low, 2.43348793170884e-01, closed_form);
  EXPECT_NEAR(found.high, 4.77638668549374e-01, closed_form);
  EXPECT_NEAR(means.degrees, 3.65533019252744e+03, 1e-7);
  EXPECT_NEAR(found.p / 1.76472659812207e-09, 1, 1e-9);
}

TEST_F(ExperimentGolden, RatioByLinearisation) {
  std::vector<double> denominator = before_;
  for (double& value : denominator) value += 1;
  const Estimate found = difference(arm_ratios(outcome_, denominator, arms_));
  EXPECT_NEAR(found.mean, 0.1565178309159002, closed_form);
  EXPECT_NEAR(found.se, 0.0212528676884002, closed_form);
}

TEST_F(ExperimentGolden, RelativeLift) {
  const Lift found = relative_lift(arm_means(outcome_, arms_));
  EXPECT_NEAR(found.estimate.mean, 0.2445548116145702, closed_form);
  EXPECT_NEAR(found.estimate.se, 0.0441911843571968, closed_form);
}

TEST_F(ExperimentGolden, Cuped) {
  const Cuped found = cuped(outcome_, before_);
  const Estimate effect = difference(arm_means(found.adjusted, arms_));
  EXPECT_NEAR(found.theta, 0.5314127709312056, closed_form);
  EXPECT_NEAR(effect.mean, 0.3857645386350781, closed_form);
  EXPECT_NEAR(effect.se, 0.0530843621377942, closed_form);
  EXPECT_NEAR(found.variance_ratio, 0.7920282878133802, closed_form);
}

TEST_F(ExperimentGolden, KolmogorovSmirnovOfTheScore) {
  std::vector<double> treatment, control;
  for (std::size_t i = 0; i < treated_.size(); ++i)
    (treated_[i] != 0 ? treatment : control).push_back(score_[i]);
  const auto found = kolmogorov_smirnov(treatment, control);
  EXPECT_NEAR(found.distance, 0.0251398121570636, closed_form);
  EXPECT_NEAR(found.p, 0.5523413934759758, 1e-6);  // the other program sums its series only that far
}

void expect_all_near(const std::vector<double>& found, const std::vector<double>& golden) {
  ASSERT_EQ(found.size(), golden.size());
  for (std::size_t i = 0; i < golden.size(); ++i) EXPECT_NEAR(found[i], golden[i], closed_form);
}

TEST(MultipleTestingGolden, HolmBenjaminiHochbergBonferroni) {
  const std::vector<double> p = {0.001, 0.012, 0.03, 0.04, 0.2};
  expect_all_near(holm(p), {0.005, 0.048, 0.090, 0.090, 0.200});
  expect_all_near(benjamini_hochberg(p), {0.005, 0.030, 0.050, 0.050, 0.200});
  expect_all_near(bonferroni(p), {0.005, 0.060, 0.150, 0.200, 1.000});
}

TEST(SampleRatioGolden, TwoAndThreeArms) {
  const auto two = sample_ratio_test(std::vector<std::uint64_t>{121583, 120500}, std::vector<double>{1, 1});
  ASSERT_TRUE(two);
  EXPECT_NEAR(two->statistic, 4.8449870498961101, closed_form);
  EXPECT_NEAR(two->p, 0.0277266006153835, closed_form);
  EXPECT_NEAR(chi_square_tail(0.642857142857143, 2), 0.725112421922132, closed_form);
}

// The other program finds n and the effect by a search that stops early: agreement as far as that goes.
TEST(PowerGolden, CreatorsPowerAndDetectableEffect) {
  EXPECT_NEAR(creators_for_power({.cv = 1}, 0.02, 0.8) / 39245.3590620137, 1, 1e-6);
  EXPECT_NEAR(power_of({.cv = 1}, 5000, 0.05), 0.70533109215867, closed_form);
  EXPECT_NEAR(detectable_effect({.cv = 4.8}, 121041, 0.8), 0.0546927967694255, 1.3e-4);
  EXPECT_NEAR(power_of({.cv = 4.8}, 121041, detectable_effect({.cv = 4.8}, 121041, 0.8)), 0.8, closed_form);
}

}  // namespace
}  // namespace perennial
