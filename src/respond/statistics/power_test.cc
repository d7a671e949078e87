#include "respond/statistics/power.h"

#include <gtest/gtest.h>

#include "respond/statistics/samples_for_tests.h"
#include "respond/statistics/two_sample.h"

namespace perennial {
namespace {

TEST(Power, NeedsMillionsForThePapersInterval) {
  EXPECT_NEAR(creators_for_half_width({.cv = 1}, 0.0017), 2.7e6, 0.05e6);
  EXPECT_NEAR(creators_for_half_width({.cv = 4.8}, 0.0017), 61e6, 0.5e6);
}

TEST(Power, FollowsTheNormalFormulaInLargeSamples) {
  const double z = 1.959963984540054 + 0.8416212335729143;
  const double by_formula = 2 * z * z * 4.8 * 4.8 * (1 - 0.6 * 0.6) / (0.01 * 0.01);
  EXPECT_NEAR(creators_for_power({.cv = 4.8, .correlation = 0.6}, 0.01, 0.8) / by_formula, 1, 1e-5);
}

TEST(Power, InvertsBothWays) {
  const PowerDesign design{
      .cv = 3, .correlation = 0.4, .control_ratio = 2, .cluster_size = 5, .icc = 0.1, .alpha = 0.01};
  const double effect = detectable_effect(design, 4000, 0.9);
  EXPECT_NEAR(power_of(design, 4000, effect), 0.9, 1e-9);
  EXPECT_NEAR(creators_for_power(design, effect, 0.9), 4000, 1e-4);
}

TEST(Power, PaysForClustersByTheirDesignEffect) {
  const double alone = creators_for_power({.cv = 2}, 0.05, 0.8);
  const double together = creators_for_power({.cv = 2, .cluster_size = 11, .icc = 0.2}, 0.05, 0.8);
  EXPECT_NEAR(together / alone, 3, 0.01);
}

TEST(Power, IsHowOftenTheEffectIsFound) {
  constexpr std::uint32_t creators = 1200;
  Rate found;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Samples samples(seed);
    std::vector<double> values(creators);
    std::vector<std::uint8_t> treated(creators);
    for (std::uint32_t i = 0; i < creators; ++i) {
      treated[i] = i % 3 == 0 ? 1 : 0;  // two controls for each treated
      values[i] = 1 + 0.8 * samples.normal(i) + 0.15 * treated[i];
    }
    const Estimate estimate = difference(arm_means(values, {treated, {}}));
    found.add(estimate.p < 0.05 && estimate.mean > 0);
  }
  const double power = power_of({.cv = 0.8, .control_ratio = 2}, creators / 3.0, 0.15);
  EXPECT_NEAR(found.share(), power, found.tolerance(power));
}

}  // namespace
}  // namespace perennial
