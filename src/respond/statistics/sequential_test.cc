#include "respond/statistics/sequential.h"

#include <gtest/gtest.h>

#include "respond/statistics/samples_for_tests.h"

namespace perennial {
namespace {

/// Both arms' sums as creators come in one by one.
struct Stream {
  double count[2] = {0, 0}, sum[2] = {0, 0}, squares[2] = {0, 0};

  void add(std::uint8_t arm, double value) {
    count[arm] += 1;
    sum[arm] += value;
    squares[arm] += value * value;
  }
  Estimate difference() const {
    double variance = 0;
    for (const int arm : {0, 1}) {
      const double mean = sum[arm] / count[arm];
      variance += (squares[arm] / count[arm] - mean * mean) / (count[arm] - 1);
    }
    return normal_estimate(sum[1] / count[1] - sum[0] / count[0], std::sqrt(variance));
  }
};

TEST(SequentialIntervals, HoldAtAllLooksTogether) {
  constexpr std::uint32_t first_look = 200, creators = 6000, between_looks = 40;
  Rate missed, missed_by_fixed;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const Samples samples(seed);
    Stream stream;
    bool ever = false, ever_fixed = false;
    for (std::uint32_t i = 1; i <= creators; ++i) {
      stream.add(samples.treated(i), samples.posts(i));
      if (i < first_look || i % between_looks != 0) continue;
      const Estimate found = stream.difference();
      const auto interval = sequential_interval(found, i, 3000);
      ever = ever || interval.low > 0 || interval.high < 0;
      ever_fixed = ever_fixed || found.p < 0.05;
    }
    missed.add(ever);
    missed_by_fixed.add(ever_fixed);
  }
  EXPECT_LE(missed.share(), 0.05 + missed.tolerance(0.05));
  EXPECT_GT(missed_by_fixed.share(), 0.2);  // what looking often does to an interval made for one look
}

TEST(SequentialIntervals, FollowTheirFormula) {
  double scaled = 8;  // n r^2 at the planned n: minimises the half-width, which is x - ln(1 + x) = -2 ln 0.05
  for (int i = 0; i < 100; ++i) scaled = std::log1p(scaled) - 2 * std::log(0.05);
  constexpr double s = 2, n = 400;
  const double r = std::sqrt(scaled / n);
  const double half =
      s * std::sqrt(2 * (n * r * r + 1) / (n * r * n * r) * std::log(std::sqrt(n * r * r + 1) / 0.05));
  EXPECT_NEAR(sequential_interval(normal_estimate(0, s / std::sqrt(n)), n, n).high, half, 1e-12);
}

TEST(SequentialIntervals, AreTightestWhereTheyWerePlannedTo) {
  const Estimate found = normal_estimate(0, 1);
  const double planned = sequential_interval(found, 1000, 1000).high;
  for (const double other : {100.0, 500.0, 900.0, 1100.0, 2000.0, 50000.0})
    EXPECT_LT(planned, sequential_interval(found, 1000, other).high);
  EXPECT_GT(planned, 1.96);
}

}  // namespace
}  // namespace perennial
