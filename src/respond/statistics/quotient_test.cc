#include "respond/statistics/quotient.h"

#include <gtest/gtest.h>

#include "respond/statistics/samples_for_tests.h"

namespace perennial {
namespace {

constexpr std::uint32_t creators = 2000;

TEST(RelativeLift, CoversTheTrueLiftInHeavyTails) {
  Rate covered;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Samples samples(seed);
    const auto treated = samples.arms_of(creators);
    auto values = samples.posts_of(creators);
    for (std::uint32_t i = 0; i < creators; ++i) values[i] *= treated[i] != 0 ? 1.1 : 1;
    const Lift lift = relative_lift(arm_means(values, {treated, {}}));
    covered.add(lift.estimate.low <= 0.1 && 0.1 <= lift.estimate.high);
  }
  EXPECT_GT(covered.share(), 0.93);
  EXPECT_LT(covered.share(), 0.97);
}

/// Two normal estimates around a numerator and a denominator.
Quotient measured(const Samples& samples, double numerator, double denominator) {
  return {numerator + samples.normal(0), denominator + samples.normal(1), 1, 1, 0, 1e6};
}

TEST(Fieller, CoversWhereTheDeltaMethodFails) {
  // The denominator is 1.5 standard errors from 0.
  Rate by_fieller, by_delta, unbounded;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const Quotient q = measured(Samples(seed), 3, 1.5);
    const RatioSet set = fieller(q);
    const Estimate delta = delta_method(q);
    by_fieller.add(!set.bounded || (set.low <= 2 && 2 <= set.high));
    by_delta.add(delta.low <= 2 && 2 <= delta.high);
    unbounded.add(!set.bounded);
  }
  EXPECT_GE(by_fieller.share(), 0.95 - by_fieller.tolerance(0.95));
  EXPECT_LT(by_delta.share(), 0.93);
  EXPECT_GT(unbounded.share(), 0.3);
}

TEST(Fieller, AgreesWithTheDeltaMethodFarFromZero) {
  const Quotient q{200, 100, 1, 1, 0.3, 1e6};
  EXPECT_NEAR(fieller(q).low, delta_method(q).low, 1e-3);
  EXPECT_NEAR(fieller(q).high, delta_method(q).high, 1e-3);
}

TEST(RelativeLift, UsesFiellerWithinFiveStandardErrorsOfZero) {
  ArmMeans means{6, 4.9, 1, 1, 0, 1000};
  EXPECT_TRUE(relative_lift(means).fieller);
  EXPECT_TRUE(relative_lift(means).bounded);
  EXPECT_DOUBLE_EQ(relative_lift(means).estimate.p, difference(means).p);
  means.control = 5.1;
  EXPECT_FALSE(relative_lift(means).fieller);
  means.control = 1;
  EXPECT_FALSE(relative_lift(means).bounded);
}

TEST(RelativeLift, OfNegativeMeansKeepsItsInterval) {
  const Lift lift = relative_lift({-11, -10, 0.01, 0.01, 0, 1000});
  EXPECT_NEAR(lift.estimate.mean, 0.1, 1e-12);
  EXPECT_LT(lift.estimate.low, 0.1);
  EXPECT_GT(lift.estimate.high, 0.1);
}

TEST(Elasticity, IsWeakWhenTheTreatmentBarelyMovedEngagement) {
  const Elasticity weak = elasticity({0.2, 2, 0.01, 1, 0, 1000});
  EXPECT_TRUE(weak.weak);
  EXPECT_DOUBLE_EQ(weak.first_stage_f, 4);
  const Elasticity strong = elasticity({0.2, 20, 0.01, 1, 0, 1000});
  EXPECT_FALSE(strong.weak);
  EXPECT_DOUBLE_EQ(strong.estimate.mean, 0.01);
  EXPECT_TRUE(strong.anderson_rubin.bounded);
}

}  // namespace
}  // namespace perennial
