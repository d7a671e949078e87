#include "respond/experiment/covariate_balance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "io/temporary_folder.h"
#include "respond/experiment/tables_for_tests.h"

namespace perennial {
namespace {

using testing::Contains;
using testing::Field;

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

/// Age (with gaps), a flag, a country of three, and age again: columns that say the same thing.
CreatorTable with_features(const TemporaryFolder& folder, std::uint64_t seed, std::uint32_t creators,
                           double older_by = 0) {
  auto table =
      known_experiment({.seed = seed, .creators = creators, .treatment_share = 0.5, .control_share = 0.5});
  table.schema.features = {{"age", FeatureKind::numeric, {}},
                           {"verified", FeatureKind::boolean, {}},
                           {"country", FeatureKind::categorical, {"SE", "PT", "JP"}},
                           {"age_again", FeatureKind::numeric, {}}};
  table.features.emplace(folder.path(), 4);
  const Samples samples(seed + 77);
  for (std::uint32_t i = 0; i < creators; ++i) {
    const double shift = table.arms[i] == Arm::treatment ? older_by : 0;
    const auto age = static_cast<float>(1e6 + samples.normal(i) + shift);
    const float row[] = {samples.treated(i, 0.1) != 0 ? missing : age, samples.normal(i, 1) > 1 ? 1.0F : 0.0F,
                         static_cast<float>(i % 3), age};
    table.features->append(row);
  }
  return table;
}

struct Arms {
  explicit Arms(const CreatorTable& table) {
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      rows.push_back(i);
      treated.push_back(table.arms[i] == Arm::treatment ? 1 : 0);
    }
  }
  TwoArms arms() const { return {treated, {}}; }
  std::vector<std::uint32_t> rows;
  std::vector<std::uint8_t> treated;
};

TEST(CovariateBalance, AlarmsInFivePercentOfSoundExperiments) {
  const TemporaryFolder folder;
  Rate alarms;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const auto table = with_features(folder, seed, 600);
    const Arms arms(table);
    const auto balance = covariate_balance(table, arms.rows, arms.arms());
    ASSERT_TRUE(balance.omnibus);
    alarms.add(balance.omnibus->p < 0.05);
  }
  EXPECT_NEAR(alarms.share(), 0.05, alarms.tolerance(0.05));
}

TEST(CovariateBalance, NamesWhatDiffersAndByHowMuch) {
  const TemporaryFolder folder;
  const auto table = with_features(folder, 1, 5000, 0.5);
  const Arms arms(table);
  const auto balance = covariate_balance(table, arms.rows, arms.arms());
  EXPECT_LT(balance.omnibus->p, 1e-6);
  EXPECT_THAT(balance.covariates.front().name, testing::StartsWith("age"));
  EXPECT_NEAR(balance.covariates.front().standardised, 0.5, 0.1);
  EXPECT_EQ(balance.beyond_a_tenth, 2U);
  for (const char* name : {"posts before", "age missing", "country = PT", "verified"})
    EXPECT_THAT(balance.covariates, Contains(Field(&CovariateDifference::name, name)));
  for (const auto& covariate : balance.covariates) {
    if (covariate.name == "country = SE") {
      EXPECT_NEAR(covariate.control_mean, 1.0 / 3, 0.05);
    }
  }
}

TEST(CovariateBalance, TestsNothingWithTooFewCreators) {
  const TemporaryFolder folder;
  const auto table = with_features(folder, 1, 24);
  const Arms arms(table);
  EXPECT_FALSE(covariate_balance(table, arms.rows, arms.arms()).omnibus);
}

TEST(CovariateBalance, KnowsThatClustersAreFewerThanCreators) {
  // Clusters of ten with the same age, assigned whole.
  const TemporaryFolder folder;
  Rate clustered, naive;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    auto table = known_experiment({.seed = seed, .creators = 1000});
    table.schema.features = {{"age", FeatureKind::numeric, {}}};
    table.pre_outcomes.clear();
    table.features.emplace(folder.path(), 1);
    const Samples samples(seed + 5);
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      const float age[] = {static_cast<float>(samples.normal(i / 10))};
      table.features->append(age);
      table.clusters.push_back(i / 10);
      table.arms[i] = samples.treated(i / 10) != 0 ? Arm::treatment : Arm::control;
    }
    const Arms arms(table);
    clustered.add(covariate_balance(table, arms.rows, {arms.treated, table.clusters}).omnibus->p < 0.05);
    naive.add(covariate_balance(table, arms.rows, {arms.treated, {}}).omnibus->p < 0.05);
  }
  EXPECT_LE(clustered.share(), 0.05 + clustered.tolerance(0.05));
  EXPECT_GT(naive.share(), 0.3);
}

}  // namespace
}  // namespace perennial
