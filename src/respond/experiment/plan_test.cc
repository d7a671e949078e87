#include "respond/experiment/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "respond/experiment/tables_for_tests.h"

namespace perennial {
namespace {

using testing::Contains;
using testing::HasSubstr;

PlanOptions with(std::optional<double> treated, std::optional<double> effect, std::optional<double> power,
                 double cv = 4.8) {
  PlanOptions options;
  options.design.cv = cv;
  options.treated = treated;
  options.effect = effect;
  options.power = power;
  return options;
}

TEST(Plan, SaysInWordsThatThePublishedEffectNeedsMillionsMore) {
  const auto plan = plan_experiment(with(121041, {}, 0.8));
  EXPECT_NEAR(plan.effect, 0.0547, 0.0001);
  EXPECT_NEAR(plan.paper_treated, 61e6, 0.5e6);
  EXPECT_THAT(plan.sentences, Contains(HasSubstr("61.3 million")));
  EXPECT_THAT(plan.sentences, Contains(HasSubstr("too few")));
  EXPECT_THAT(plan_experiment(with(3e6, {}, 0.8, 1)).sentences, Contains(HasSubstr("enough")));
}

TEST(Plan, FindsTheThirdOfCreatorsEffectAndPower) {
  const auto creators = plan_experiment(with({}, 0.05, 0.8));
  EXPECT_NEAR(plan_experiment(with(creators.treated, {}, 0.8)).effect, 0.05, 1e-5);
  EXPECT_NEAR(plan_experiment(with(creators.treated, 0.05, {})).power, 0.8, 1e-4);
}

TEST(Plan, HasACurveThatRisesWithEffectAndSize) {
  const auto plan = plan_experiment(with(10000, {}, 0.8));
  for (std::size_t i = 1; i < plan.curve.size(); ++i) {
    if (plan.curve[i].treated == plan.curve[i - 1].treated) {
      EXPECT_GE(plan.curve[i].power, plan.curve[i - 1].power);
    }
  }
  EXPECT_GT(plan.curve.back().power, 0.999);
}

TEST(Plan, RefusesWhatItCannotPlan) {
  EXPECT_THROW(plan_experiment(with(1000, 0.1, 0.8)), Error);
  EXPECT_THROW(plan_experiment(with(1000, {}, {})), Error);
  EXPECT_THROW(plan_experiment(with(1, {}, 0.8)), Error);
  EXPECT_THROW(plan_experiment(with({}, -0.1, 0.8)), Error);
  EXPECT_THROW(plan_experiment(with(1000, {}, 1)), Error);
}

TEST(Plan, MeasuresTheSpreadOfControls) {
  const auto table = known_experiment({.creators = 40000, .lift = 9});
  const auto design = measured_design(table, "posts");
  EXPECT_GT(design.cv, 2.5);
  EXPECT_LT(design.cv, 5);
  EXPECT_GT(design.correlation, 0.3);
  EXPECT_DOUBLE_EQ(design.cluster_size, 1);
}

TEST(Plan, RefusesAnOutcomeThatIsAlwaysZero) {
  auto table = known_experiment({});
  table.outcomes.push_back({"nothing", std::vector<double>(table.size(), 0)});
  EXPECT_THROW(measured_design(table, "nothing"), Error);
}

}  // namespace
}  // namespace perennial
