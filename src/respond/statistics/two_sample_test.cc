#include "respond/statistics/two_sample.h"

#include <gtest/gtest.h>

#include "respond/statistics/cuped.h"
#include "respond/statistics/samples_for_tests.h"

namespace perennial {
namespace {

constexpr std::uint32_t creators = 2000;
constexpr std::uint64_t seeds = 2000;

TEST(Welch, AlarmsInFivePercentOfTablesWithoutEffect) {
  Rate alarms;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Samples samples(seed);
    const auto treated = samples.arms_of(creators);
    alarms.add(difference(arm_means(samples.posts_of(creators), {treated, {}})).p < 0.05);
  }
  EXPECT_NEAR(alarms.share(), 0.05, alarms.tolerance(0.05));
}

TEST(Welch, CoversTheEffectWithAndWithoutThePast) {
  constexpr double effect = 0.3;
  Rate raw, adjusted;
  double raw_se = 0, adjusted_se = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Samples samples(seed);
    const auto treated = samples.arms_of(creators);
    auto values = samples.posts_of(creators);
    const auto before = samples.posts_of(creators);  // a past that says all but the noise below
    for (std::uint32_t i = 0; i < creators; ++i) values[i] += effect * treated[i] + samples.normal(i);
    const Estimate plain = difference(arm_means(values, {treated, {}}));
    const Estimate less_noisy = difference(arm_means(cuped(values, before).adjusted, {treated, {}}));
    raw.add(plain.low <= effect && effect <= plain.high);
    adjusted.add(less_noisy.low <= effect && effect <= less_noisy.high);
    raw_se += plain.se;
    adjusted_se += less_noisy.se;
  }
  EXPECT_NEAR(raw.share(), 0.95, raw.tolerance(0.95));
  EXPECT_NEAR(adjusted.share(), 0.95, adjusted.tolerance(0.95));
  EXPECT_LT(adjusted_se, 0.7 * raw_se);
}

TEST(ClusteredMeans, AlarmInFivePercentWhereWholeClustersAreTreated) {
  constexpr std::uint32_t size = 10, clusters = 200;
  Rate clustered, naive;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const Samples samples(seed);
    std::vector<double> values;
    std::vector<std::uint8_t> treated;
    std::vector<std::uint32_t> codes;
    for (std::uint32_t i = 0; i < clusters * size; ++i) {
      const std::uint32_t cluster = i / size;
      codes.push_back(cluster);
      treated.push_back(samples.treated(cluster));
      values.push_back(samples.posts(i) + samples.normal(cluster, 1));
    }
    clustered.add(difference(arm_means(values, {treated, codes})).p < 0.05);
    naive.add(difference(arm_means(values, {treated, {}})).p < 0.05);
  }
  EXPECT_NEAR(clustered.share(), 0.05, clustered.tolerance(0.05));
  EXPECT_GT(naive.share(), 0.12);
}

TEST(ClusteredMeans, AgreeWithIndependentOnesWhenEveryClusterIsOneCreator) {
  const Samples samples(1);
  const auto treated = samples.arms_of(creators);
  std::vector<std::uint32_t> alone(creators);
  for (std::uint32_t i = 0; i < creators; ++i) alone[i] = i;
  const auto values = samples.posts_of(creators);
  const Estimate clustered = difference(arm_means(values, {treated, alone}));
  const Estimate independent = difference(arm_means(values, {treated, {}}));
  EXPECT_DOUBLE_EQ(clustered.mean, independent.mean);
  EXPECT_NEAR(clustered.se / independent.se, 1, 1e-3);
}

TEST(ClusteredMeans, CountBothArmsOfAClusterTogether) {
  // Pairs that share everything: what they share drops out of the difference.
  std::vector<double> values;
  std::vector<std::uint8_t> treated;
  std::vector<std::uint32_t> codes;
  const Samples samples(2);
  for (std::uint32_t pair = 0; pair < 200; ++pair) {
    for (const std::uint8_t arm : {std::uint8_t{0}, std::uint8_t{1}}) {
      values.push_back(10 * samples.normal(pair) + 0.1 * samples.normal(pair, 2U + arm) + 0.5 * arm);
      treated.push_back(arm);
      codes.push_back(pair);
    }
  }
  const Estimate paired = difference(arm_means(values, {treated, codes}));
  EXPECT_NEAR(paired.mean, 0.5, 0.05);
  EXPECT_LT(paired.se, 0.02);
}

TEST(Ratios, CoverLikesPerPost) {
  Rate covered;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Samples samples(seed);
    const auto treated = samples.arms_of(creators);
    const auto posts = samples.posts_of(creators);
    std::vector<double> likes(creators);
    for (std::uint32_t i = 0; i < creators; ++i)
      likes[i] = posts[i] * (3 + 0.5 * treated[i] + samples.normal(i));
    const Estimate found = difference(arm_ratios(likes, posts, {treated, {}}));
    covered.add(found.low <= 0.5 && 0.5 <= found.high);
  }
  EXPECT_NEAR(covered.share(), 0.95, 0.02);
}

TEST(PairedDifferences, FindHowTwoOutcomesMoveTogether) {
  const Samples samples(3);
  const auto treated = samples.arms_of(creators);
  std::vector<double> first(creators), second(creators);
  for (std::uint32_t i = 0; i < creators; ++i) {
    first[i] = samples.normal(i);
    second[i] = 1000 * (0.6 * samples.normal(i) + 0.8 * samples.normal(i, 1));
  }
  const auto found = paired_differences(first, second, {treated, {}});
  EXPECT_NEAR(found.covariance / std::sqrt(found.first_variance * found.second_variance), 0.6, 0.06);
}

}  // namespace
}  // namespace perennial
