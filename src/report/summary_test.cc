#include "report/summary.h"

#include <gtest/gtest.h>

#include "report/comparison_for_tests.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

/// Two seeds of two rounds, in which every number can be worked out by hand.
Comparison small_comparison() {
  Comparison small = made_up_comparison({{"silent", 10}, {"lore", 20}}, 2, 2);
  const double clicks[2][2][2] = {{{10, 12}, {20, 22}}, {{13, 17}, {24, 30}}};  // policy, seed, round
  for (std::size_t policy = 0; policy < 2; ++policy) {
    for (std::size_t seed = 0; seed < 2; ++seed) {
      double total = 0;
      for (std::size_t round = 0; round < 2; ++round) {
        auto& metrics = small.policies[policy].runs[seed].rounds[round];
        at(metrics, Metric::clicks) = clicks[policy][seed][round];
        at(metrics, Metric::cumulative_clicks) = total += clicks[policy][seed][round];
      }
      small.policies[policy].runs[seed].seconds = {1, 2, 3, 4, 5, 6, 7, 8};
    }
  }
  return small;
}

TEST(Summary, HasTheKeysOfTheContract) {
  const Json summary = summary_of(made_up_main_job(2, 5));
  for (const char* key :
       {"command", "world", "setting", "rounds", "seeds", "recommender", "reranker", "incentive", "policies",
        "impressions_per_second", "result_hash", "genres", "settings"}) {
    EXPECT_TRUE(summary.contains(key)) << key;
  }
  EXPECT_EQ(summary["command"], "compare");
  EXPECT_EQ(summary["seeds"], Json({1, 2}));
  ASSERT_EQ(summary["policies"].size(), 6U);
  for (const Json& policy : summary["policies"]) {
    for (const char* key : {"clicks_per_round", "last50_clicks_per_round", "content_diversity_bits",
                            "active_creators", "genres_per_creator", "mean_trust"}) {
      ASSERT_TRUE(policy.contains(key)) << key;
      EXPECT_TRUE(policy[key]["mean"].is_number()) << key;
      EXPECT_EQ(policy[key]["ci95"].size(), 2U) << key;
    }
  }
}

TEST(Summary, TellsHowAPolicyThatLearnsDidIt) {
  Comparison small = small_comparison();
  auto& lore = small.policies[1];
  lore.runs[0].learning = {.train_seconds = 4, .converged_at = 30};
  lore.runs[1].learning = {.train_seconds = 8, .converged_at = 50};
  auto policies = summary_of(small)["policies"];
  EXPECT_TRUE(policies[0]["train_seconds_per_round"].is_null());
  EXPECT_TRUE(policies[0]["rounds_to_converge"].is_null());
  EXPECT_DOUBLE_EQ(policies[1]["train_seconds_per_round"], 3);  // runs of two rounds
  EXPECT_DOUBLE_EQ(policies[1]["rounds_to_converge"], 40);
  lore.runs[1].learning->converged_at = 0;
  EXPECT_TRUE(summary_of(small)["policies"][1]["rounds_to_converge"].is_null()) << "half of the runs did not";
}

TEST(Summary, HoldsEveryMetric) {
  const Json policy = summary_of(small_comparison())["policies"][0];
  for (std::size_t i = 2; i < metric_count; ++i) {
    EXPECT_TRUE(policy.contains(name_of(static_cast<Metric>(i)))) << name_of(static_cast<Metric>(i));
  }
  EXPECT_TRUE(policy.contains("clicks_per_round"));
  EXPECT_TRUE(policy.contains("impressions_per_round"));
}

TEST(Summary, HoldsMeansWithIntervalsOverSeeds) {
  const Json silent = summary_of(small_comparison())["policies"][0];
  EXPECT_DOUBLE_EQ(silent["clicks_per_round"]["mean"], 16);  // seeds 11 and 21
  EXPECT_NEAR(silent["clicks_per_round"]["ci95"][0], 16 - 12.7062 * 5, 1e-3);
  EXPECT_NEAR(silent["clicks_per_round"]["ci95"][1], 16 + 12.7062 * 5, 1e-3);
  EXPECT_DOUBLE_EQ(silent["cumulative_clicks"]["mean"], 32);
}

TEST(Summary, PairsPoliciesWithTheBaselinesThatWerePlayed) {
  const Json summary = summary_of(small_comparison());
  EXPECT_TRUE(summary["policies"][0]["versus"].empty());
  const Json versus = summary["policies"][1]["versus"];
  EXPECT_FALSE(versus.contains("random"));
  const Json clicks = versus["silent"]["clicks_per_round"];
  EXPECT_DOUBLE_EQ(clicks["mean"], 5);  // 15 - 11 and 27 - 21
  EXPECT_NEAR(clicks["ci95"][1], 5 + 12.7062, 1e-3);
  EXPECT_DOUBLE_EQ(clicks["ratio"], 21.0 / 16);
}

TEST(Summary, HasNoRatioToNothing) {
  Comparison comparison = small_comparison();
  set_clicks(comparison.policies[0], {0, 0});
  EXPECT_TRUE(
      summary_of(comparison)["policies"][1]["versus"]["silent"]["clicks_per_round"]["ratio"].is_null());
}

TEST(Summary, AddsUpSecondsByPhase) {
  const Json phases = summary_of(small_comparison())["policies"][1]["seconds_by_phase"];
  EXPECT_EQ(phases.size(), phase_count);
  EXPECT_DOUBLE_EQ(phases[std::string(name_of(Phase::rank))], 8);
}

TEST(Summary, CountsImpressionsPerCpuSecond) {
  EXPECT_DOUBLE_EQ(summary_of(small_comparison())["impressions_per_second"], 1'500'000);
}

TEST(Summary, GivesSettingsTheirTypes) {
  const Json settings = summary_of(small_comparison())["settings"];
  EXPECT_EQ(settings["slate"], 5);
  EXPECT_EQ(settings["setting"], "lockin");
  EXPECT_EQ(settings["trust.floor"], 0.02);
  EXPECT_EQ(settings["trust.dynamic"], false);
}

}  // namespace
}  // namespace perennial
