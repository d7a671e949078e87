#include "people/creators/trust.h"

#include <gtest/gtest.h>

#include <cmath>

namespace perennial {
namespace {

Trust trust_with(const std::string& dynamics, double kappa = 0.1, double floor = 0.02) {
  Trust trust;
  const auto fields = trust.fields();
  fields.set("trust", "dynamics", dynamics);
  fields.set("trust", "kappa", kappa);
  fields.set("trust", "floor", floor);
  return trust;
}

double mean_initial(double mean, double spread, std::uint32_t creators = 20000) {
  Trust trust;
  trust.fields().set("trust", "mean", mean);
  trust.fields().set("trust", "spread", spread);
  const Draws draws(2000, Purpose::trust);
  double sum = 0;
  for (std::uint32_t c = 0; c < creators; ++c) {
    const double d = trust.initial(draws, c);
    EXPECT_TRUE(d >= 0 && d <= 1) << d;
    sum += d;
  }
  return sum / creators;
}

double density(double z) {
  return std::exp(-z * z / 2) / std::sqrt(2 * 3.14159265358979323846);
}
double below(double z) {
  return std::erfc(-z / std::sqrt(2.0)) / 2;
}

/// Mean of N(mean, spread^2) cut to [0, 1], by the textbook formula.
double truncated_mean(double mean, double spread) {
  const double a = -mean / spread, b = (1 - mean) / spread;
  return mean + spread * (density(a) - density(b)) / (below(b) - below(a));
}

// 20,000 draws of a standard deviation of at most 0.29: five standard errors are 0.011 (false alarm below 1e-6 each).
TEST(InitialTrust, HasTheMeanOfTheTruncatedNormal) {
  for (const double mean : {0.4, 0.5, 0.6, 0.8}) {
    for (const double spread : {1.0, 0.2, 0.1}) {
      EXPECT_NEAR(mean_initial(mean, spread), truncated_mean(mean, spread), 0.011) << mean << " " << spread;
    }
  }
}

TEST(InitialTrust, AtSpreadOneHardlyDependsOnItsMean) {
  EXPECT_NEAR(truncated_mean(0.4, 1), 0.49, 0.005);
  EXPECT_NEAR(truncated_mean(0.6, 1), 0.51, 0.005);
  EXPECT_NEAR(truncated_mean(0.8, 1), 0.52, 0.005);
  EXPECT_LT(mean_initial(0.8, 1) - mean_initial(0.4, 1), 0.05);
}

TEST(InitialTrust, IsExactlyTheMeanAtSpreadZero) {
  Trust trust;
  trust.fields().set("trust", "mean", 0.3);
  trust.fields().set("trust", "spread", 0.0);
  for (std::uint32_t c = 0; c < 10; ++c) EXPECT_EQ(trust.initial(Draws(2000, Purpose::trust), c), 0.3);
}

TEST(InitialTrust, OfACreatorDoesNotDependOnTheOthers) {
  const Trust trust;
  const Draws draws(2001, Purpose::trust);
  const double fifth = trust.initial(draws, 5);
  trust.initial(draws, 4);
  EXPECT_EQ(trust.initial(draws, 5), fifth);
  EXPECT_NE(trust.initial(draws, 6), fifth);
}

TEST(StaticTrust, NeverMoves) {
  EXPECT_FALSE(trust_with("static").moves());
  EXPECT_EQ(trust_with("static").after_following(0.4, 10, 1, false), 0.4);
  EXPECT_EQ(trust_with("static").after_following(0.4, 0, 10, true), 0.4);
}

TEST(AdditiveTrust, MovesByKappaTimesTheRelativeGain) {
  const auto trust = trust_with("additive", 0.1);
  EXPECT_NEAR(trust.after_following(0.4, 6, 4, false), 0.45, 1e-12);
  EXPECT_NEAR(trust.after_following(0.4, 2, 4, false), 0.35, 1e-12);
  EXPECT_NEAR(trust.after_following(0.4, 3, 0, false), 0.7, 1e-12);  // r' = 0 counts as 1
  EXPECT_EQ(trust.after_following(0.4, 4, 4, true), 0.4);
  EXPECT_EQ(trust.after_following(0.9, 100, 1, false), 1.0);
}

TEST(RatioTrust, IsMultipliedByTheRatioOfClicks) {
  const auto trust = trust_with("ratio");
  EXPECT_NEAR(trust.after_following(0.4, 6, 4, true), 0.6, 1e-12);
  EXPECT_NEAR(trust.after_following(0.4, 1, 4, true), 0.1, 1e-12);
  EXPECT_EQ(trust.after_following(0.4, 7, 0, true), 0.4);
  EXPECT_EQ(trust.after_following(0.4, 9, 2, true), 1.0);
}

TEST(ReleasedTrust, MovesOnlyWhenTheCreatorHadNotFollowedTheTimeBefore) {
  const auto trust = trust_with("released");
  EXPECT_NEAR(trust.after_following(0.4, 5, 4, false), 0.4 + 1 / 4.01, 1e-12);
  EXPECT_EQ(trust.after_following(0.4, 5, 4, true), 0.4);
}

TEST(Trust, ThatMovesNeverFallsBelowTheFloor) {
  for (const auto* dynamics : {"additive", "released", "ratio"}) {
    EXPECT_EQ(trust_with(dynamics, 10, 0.07).after_following(0.1, 0, 50, false), 0.07) << dynamics;
    EXPECT_EQ(trust_with(dynamics, 10, 0.0).after_following(0.1, 0, 50, false), 0.0) << dynamics;
  }
}

}  // namespace
}  // namespace perennial
