#include "respond/evaluation/half_samples.h"

#include <gtest/gtest.h>

#include <cmath>

#include "respond/evaluation/targeting.h"
#include "respond/statistics/golden_for_tests.h"

namespace perennial {
namespace {

HalfSampleErrors golden_errors(const char* score, std::size_t threads, std::size_t replicates) {
  Workers workers(threads);
  const auto ranking = rank_by(golden_units().at(score));
  return half_sample_errors(ranking, golden_units().at("dr"), {}, replicates, 1, workers);
}

TEST(HalfSamples, AgreeWithTheInfluenceFunctionAndOthersPrograms) {
  for (const char* score : {"s", "st"}) {
    const auto halves = golden_errors(score, 1, 2000);
    const auto exact = measure_targeting(rank_by(golden_units().at(score)), golden_units().at("dr"), {});
    EXPECT_NEAR(halves.autoc_se / exact.autoc.se, 1, 0.06);
    EXPECT_NEAR(halves.qini_se / exact.qini.se, 1, 0.06);
    EXPECT_NEAR(halves.autoc_se / 0.150487411680399, 1, 0.06);
  }
}

TEST(HalfSamples, AreTheSameAtAnyNumberOfThreads) {
  const auto one = golden_errors("st", 1, 300), three = golden_errors("st", 3, 300);
  EXPECT_EQ(one.autoc_se, three.autoc_se);
  EXPECT_EQ(one.qini_se, three.qini_se);
}

TEST(HalfSamples, KeepClustersTogether) {
  // Every creator stands there twice: half as many independent creators.
  const auto& units = golden_units();
  std::vector<double> score, effects;
  std::vector<std::uint32_t> clusters;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    for (int copy = 0; copy < 2; ++copy) {
      score.push_back(units.at("s")[i]);
      effects.push_back(units.at("dr")[i]);
      clusters.push_back(i);
    }
  }
  Workers workers(1);
  const auto ranking = rank_by(score);
  const auto apart = half_sample_errors(ranking, effects, {}, 1000, 1, workers);
  const auto together = half_sample_errors(ranking, effects, clusters, 1000, 1, workers);
  EXPECT_NEAR(together.autoc_se / apart.autoc_se, std::sqrt(2.0), 0.12);
  const auto exact = measure_targeting(ranking, effects, clusters);
  EXPECT_NEAR(together.autoc_se / exact.autoc.se, 1, 0.1);
}

}  // namespace
}  // namespace perennial
