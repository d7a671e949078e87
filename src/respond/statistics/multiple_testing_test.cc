#include "respond/statistics/multiple_testing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "respond/statistics/samples_for_tests.h"

namespace perennial {
namespace {

std::vector<double> p_values(const std::vector<std::uint16_t>& numbers) {
  std::vector<double> p;
  for (const auto number : numbers) p.push_back(number / 65535.0);
  return p;
}

RC_GTEST_PROP(MultipleTesting, OrdersItsThreeCorrections, (const std::vector<std::uint16_t>& numbers)) {
  const auto p = p_values(numbers);
  const auto bonf = bonferroni(p), step = holm(p), rate = benjamini_hochberg(p);
  for (std::size_t i = 0; i < p.size(); ++i) {
    RC_ASSERT(p[i] <= rate[i] + 1e-15);
    RC_ASSERT(rate[i] <= step[i] + 1e-15);
    RC_ASSERT(step[i] <= bonf[i] + 1e-15);
    for (std::size_t j = 0; j < p.size(); ++j) {
      if (p[i] <= p[j]) {
        RC_ASSERT(step[i] <= step[j] && rate[i] <= rate[j]);
      }
    }
  }
}

TEST(Holm, RaisesAnyFalseAlarmInFivePercentOfFamilies) {
  const Draws draws(1, Purpose::world);
  Rate alarms, uncorrected;
  for (std::uint32_t family = 0; family < 4000; ++family) {
    std::vector<double> p;
    for (std::uint32_t i = 0; i < 8; ++i) p.push_back(draws.uniform(family, i));
    const auto corrected = holm(p);
    alarms.add(*std::ranges::min_element(corrected) < 0.05);
    uncorrected.add(*std::ranges::min_element(p) < 0.05);
  }
  EXPECT_NEAR(alarms.share(), 0.05, alarms.tolerance(0.05));
  EXPECT_GT(uncorrected.share(), 0.25);
}

}  // namespace
}  // namespace perennial
