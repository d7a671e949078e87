#include "respond/statistics/rank_correlation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <span>

#include "respond/statistics/golden_for_tests.h"

namespace perennial {
namespace {

TEST(RankCorrelation, IsThatOfOthersPrograms) {
  const auto& units = golden_units();
  EXPECT_NEAR(spearman_correlation(units.at("s"), units.at("st")), 0.9982874524053, 1e-9);
  const std::span<const double> some(units.at("st").data(), 500), outcomes(units.at("y").data(), 500);
  EXPECT_NEAR(kendall_correlation(some, outcomes), 0.380144049597996, 1e-9);
}

TEST(RankCorrelation, SharesTheRankOfEquals) {
  EXPECT_EQ(average_ranks(std::vector<double>{10, 30, 10, 20}), (std::vector<double>{1.5, 4, 1.5, 3}));
}

TEST(RankCorrelation, IsNothingForAConstant) {
  const std::vector<double> constant(5, 2.0), rising = {1, 2, 3, 4, 5};
  EXPECT_EQ(spearman_correlation(constant, rising), 0);
  EXPECT_EQ(kendall_correlation(constant, rising), 0);
}

/// Tau-b by looking at every pair.
double slow_kendall(const std::vector<double>& a, const std::vector<double>& b) {
  const auto sign = [](double x) { return (x > 0) - (x < 0); };
  double sum = 0, apart_a = 0, apart_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      sum += sign(a[i] - a[j]) * sign(b[i] - b[j]);
      apart_a += std::abs(sign(a[i] - a[j]));
      apart_b += std::abs(sign(b[i] - b[j]));
    }
  }
  return apart_a > 0 && apart_b > 0 ? sum / std::sqrt(apart_a * apart_b) : 0;
}

RC_GTEST_PROP(RankCorrelation, CountsThePairsThatAgree, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(0, 40);
  const auto few = rc::gen::map(rc::gen::inRange(0, 6), [](int x) { return static_cast<double>(x); });
  const auto a = *rc::gen::container<std::vector<double>>(size, few);
  const auto b = *rc::gen::container<std::vector<double>>(size, few);
  RC_ASSERT(std::abs(kendall_correlation(a, b) - slow_kendall(a, b)) < 1e-12);
}

}  // namespace
}  // namespace perennial
