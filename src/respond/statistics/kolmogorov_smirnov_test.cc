#include "respond/statistics/kolmogorov_smirnov.h"

#include <gtest/gtest.h>

#include "respond/statistics/samples_for_tests.h"

namespace perennial {
namespace {

TEST(KolmogorovSmirnov, IsOneForTwoSamplesThatDoNotMeet) {
  const auto found = kolmogorov_smirnov(std::vector<double>{1, 2, 3}, std::vector<double>{4, 5});
  EXPECT_DOUBLE_EQ(found.distance, 1);
}

TEST(KolmogorovSmirnov, IsZeroForASampleAndItself) {
  const std::vector<double> same = {3, 1, 1, 2};
  EXPECT_DOUBLE_EQ(kolmogorov_smirnov(same, same).distance, 0);
  EXPECT_DOUBLE_EQ(kolmogorov_smirnov(same, same).p, 1);
}

TEST(KolmogorovSmirnov, AlarmsInFivePercentOfEqualLaws) {
  Rate alarms;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Samples samples(seed);
    std::vector<double> a, b;
    for (std::uint32_t i = 0; i < 300; ++i) a.push_back(samples.normal(i));
    for (std::uint32_t i = 300; i < 700; ++i) b.push_back(samples.normal(i));
    alarms.add(kolmogorov_smirnov(a, b).p < 0.05);
  }
  EXPECT_LE(alarms.share(), 0.05 + alarms.tolerance(0.05));
  EXPECT_GT(alarms.share(), 0.02);
}

}  // namespace
}  // namespace perennial
