#include "respond/experiment/assignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "respond/statistics/samples_for_tests.h"

namespace perennial {
namespace {

using testing::HasSubstr;

Creators creators_of(std::uint32_t count, std::uint32_t strata = 0, std::uint32_t clusters = 0) {
  Creators creators;
  for (std::uint32_t i = 0; i < count; ++i) {
    creators.ids.add("creator-" + std::to_string(i));
    if (strata > 0) creators.strata.push_back((i * i) % strata);
    if (clusters > 0) creators.clusters.push_back(i % clusters);
  }
  for (std::uint32_t s = 0; s < strata; ++s) creators.stratum_names.push_back("stratum-" + std::to_string(s));
  for (std::uint32_t c = 0; c < clusters; ++c)
    creators.cluster_names.push_back("cluster-" + std::to_string(c));
  return creators;
}

AssignmentOptions with_salt(const char* salt) {
  AssignmentOptions options;
  options.salt = salt;
  return options;
}

TEST(Assignment, GivesTwoPercentToEachArmAndHoldsOutThirty) {
  const auto found = assign_creators(creators_of(100000), with_salt("spring"));
  const auto arms = found.total();
  EXPECT_NEAR(static_cast<double>(arms.treatment), 2000, 4 * std::sqrt(2000));
  EXPECT_NEAR(static_cast<double>(arms.control), 2000, 4 * std::sqrt(2000));
  EXPECT_EQ(arms.treatment + arms.control + arms.untouched, 100000U);
  EXPECT_NEAR(static_cast<double>(found.evaluation_creators), 30000, 4 * std::sqrt(21000));
  double held_out_and_treated = 0;
  for (std::size_t i = 0; i < found.arms.size(); ++i)
    held_out_and_treated += found.arms[i] == Arm::treatment && found.evaluation[i] != 0 ? 1 : 0;
  EXPECT_NEAR(held_out_and_treated, 600, 4 * std::sqrt(420));
}

TEST(Assignment, KeepsEverybodysPlaceWhenCreatorsCome) {
  const auto before = assign_creators(creators_of(5000), with_salt("spring"));
  const auto after = assign_creators(creators_of(9000), with_salt("spring"));
  for (std::size_t i = 0; i < 5000; ++i) {
    EXPECT_EQ(before.arms[i], after.arms[i]);
    EXPECT_EQ(before.evaluation[i], after.evaluation[i]);
  }
}

TEST(Assignment, KeepsEverybodyInItsArmWhenSharesGrow) {
  auto larger = with_salt("spring");
  larger.treatment_share = 0.3;
  larger.control_share = 0.5;
  const auto creators = creators_of(5000);
  const auto small = assign_creators(creators, with_salt("spring"));
  const auto large = assign_creators(creators, larger);
  for (std::size_t i = 0; i < creators.ids.size(); ++i)
    if (small.arms[i] != Arm::untouched) {
      EXPECT_EQ(small.arms[i], large.arms[i]);
    }
}

TEST(Assignment, DealsAnewUnderAnotherSalt) {
  const auto creators = creators_of(100000);
  const auto spring = assign_creators(creators, with_salt("spring"));
  const auto autumn = assign_creators(creators, with_salt("autumn"));
  double both = 0;
  for (std::size_t i = 0; i < creators.ids.size(); ++i)
    both += spring.arms[i] == Arm::treatment && autumn.arms[i] == Arm::treatment ? 1 : 0;
  EXPECT_NEAR(both, 40, 4 * std::sqrt(40));
}

TEST(Assignment, BalancesWithinStrata) {
  auto options = with_salt("spring");
  options.treatment_share = 0.1;
  options.control_share = 0.2;
  const auto found = assign_creators(creators_of(20000, 37), options);
  for (const auto& stratum : found.strata) {
    const auto size = static_cast<double>(stratum.treatment + stratum.control + stratum.untouched);
    EXPECT_NEAR(static_cast<double>(stratum.treatment), 0.1 * size, 2) << stratum.name;
    EXPECT_NEAR(static_cast<double>(stratum.control), 0.2 * size, 2) << stratum.name;
  }
}

TEST(Assignment, GivesEveryCreatorTheSameChanceWithinStrata) {
  Rate treated;
  for (int salt = 0; salt < 3000; ++salt) {
    auto options = with_salt("");
    options.salt = std::to_string(salt);
    options.treatment_share = 0.1;
    options.control_share = 0.2;
    treated.add(assign_creators(creators_of(30, 4), options).arms[17] == Arm::treatment);
  }
  EXPECT_NEAR(treated.share(), 0.1, treated.tolerance(0.1));
}

TEST(Assignment, KeepsEarlierArmsWhenNewcomersAreStratified) {
  auto options = with_salt("spring");
  options.treatment_share = options.control_share = 0.25;
  const auto before = assign_creators(creators_of(1000, 5), options);
  const auto all = creators_of(3000, 5);
  for (std::size_t i = 0; i < 1000; ++i) options.kept.emplace(all.ids[i], before.arms[i]);
  const auto after = assign_creators(all, options);
  EXPECT_EQ(after.kept, 1000U);
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(before.arms[i], after.arms[i]);
  for (const auto& stratum : after.strata) {
    const auto size = static_cast<double>(stratum.treatment + stratum.control + stratum.untouched);
    EXPECT_NEAR(static_cast<double>(stratum.treatment), 0.25 * size, 4) << stratum.name;
  }
}

TEST(Assignment, TreatsClustersWhole) {
  auto options = with_salt("spring");
  options.treatment_share = options.control_share = 0.3;
  const auto creators = creators_of(5000, 0, 100);
  const auto found = assign_creators(creators, options);
  for (std::size_t i = 100; i < creators.ids.size(); ++i) {
    EXPECT_EQ(found.arms[i], found.arms[i % 100]);
    EXPECT_EQ(found.evaluation[i], found.evaluation[i % 100]);
  }
}

TEST(Assignment, RefusesWhatCannotBe) {
  const auto said_of = [](AssignmentOptions options, const Creators& creators) -> std::string {
    try {
      assign_creators(creators, options);
    } catch (const Error& error) {
      return error.what();
    }
    return "nothing";
  };
  const auto creators = creators_of(10);
  EXPECT_THAT(said_of({}, creators), HasSubstr("the salt is empty"));
  auto options = with_salt("s");
  options.treatment_share = 0.7;
  options.control_share = 0.4;
  EXPECT_THAT(said_of(options, creators), HasSubstr("at most 1 together"));
  options = with_salt("s");
  options.multiplier = 1;
  EXPECT_THAT(said_of(options, creators), HasSubstr("multiplier 1"));
  EXPECT_THAT(said_of(with_salt("s"), creators_of(10, 2, 2)), HasSubstr("strata and clusters together"));
  EXPECT_THAT(said_of(with_salt("s"), {}), HasSubstr("no creators"));
}

}  // namespace
}  // namespace perennial
