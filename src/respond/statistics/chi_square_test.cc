#include "respond/statistics/chi_square.h"

#include <gtest/gtest.h>

#include "respond/statistics/samples_for_tests.h"

namespace perennial {
namespace {

TEST(SampleRatioTest, AlarmsInFivePercentOfSoundDraws) {
  Rate alarms;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const Samples samples(seed);
    std::uint64_t counts[2] = {0, 0};
    for (std::uint32_t i = 0; i < 1000; ++i) counts[samples.treated(i, 0.3)] += 1;
    alarms.add(sample_ratio_test(counts, std::vector<double>{0.7, 0.3})->p < 0.05);
  }
  EXPECT_NEAR(alarms.share(), 0.05, alarms.tolerance(0.05));
}

TEST(SampleRatioTest, SaysNothingOfCellsBelowEight) {
  EXPECT_FALSE(sample_ratio_test(std::vector<std::uint64_t>{7, 7}, std::vector<double>{1, 1}));
  EXPECT_TRUE(sample_ratio_test(std::vector<std::uint64_t>{8, 8}, std::vector<double>{1, 1}));
}

TEST(SampleRatioTest, TakesSharesOfAnySum) {
  const std::vector<std::uint64_t> counts = {210, 190, 9600};
  EXPECT_DOUBLE_EQ(sample_ratio_test(counts, std::vector<double>{2, 2, 96})->statistic,
                   sample_ratio_test(counts, std::vector<double>{0.02, 0.02, 0.96})->statistic);
}

}  // namespace
}  // namespace perennial
