#include "report/experiment_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "report/page_data_for_tests.h"

namespace perennial {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

OutcomeEffect made_up_effect(const std::string& outcome, double difference) {
  OutcomeEffect effect;
  effect.outcome = outcome;
  effect.control_mean = 2;
  effect.treatment_mean = 2 + difference;
  effect.difference = normal_estimate(difference, 0.01);
  effect.lift = Lift{normal_estimate(difference / 2, 0.005), false, true};
  effect.sequential = {difference - 0.04, difference + 0.04};
  return effect;
}

ExperimentAnalysis made_up_analysis(double difference) {
  ExperimentAnalysis analysis;
  analysis.treatment_creators = analysis.control_creators = 5000;
  analysis.effects = {made_up_effect("posts", difference)};
  analysis.balance.covariates = {{"age", 31, 30, 0.05}};
  return analysis;
}

TEST(ExperimentReport, SaysWhatTheTreatmentDidInOneSentence) {
  const auto raised = page_data(render_experiment_report(made_up_analysis(0.1), "creators.csv"));
  EXPECT_THAT(raised["headline"].get<std::string>(), HasSubstr("raised posts: +5.00%"));
  const auto nothing = page_data(render_experiment_report(made_up_analysis(0.001), "creators.csv"));
  EXPECT_THAT(nothing["headline"].get<std::string>(), HasSubstr("No measurable effect on posts"));
}

TEST(ExperimentReport, WarnsThatContaminationCannotBeSeenWithoutAnUntouchedArm) {
  const auto data = page_data(render_experiment_report(made_up_analysis(0.1), "creators.csv"));
  EXPECT_THAT(kinds_of(data), ElementsAre("bars", "table", "notes", "bars"));
}

TEST(ExperimentReport, DrawsNoWhiskerWhereALiftHasNoBound) {
  auto analysis = made_up_analysis(0.1);
  analysis.effects[0].lift->bounded = false;
  analysis.effects[0].lift->estimate.low = -INFINITY;
  analysis.effects[0].lift->estimate.high = INFINITY;
  const auto data = page_data(render_experiment_report(analysis, "creators.csv"));
  const auto& value = data["blocks"][0]["plots"][0]["bars"][0]["values"][0];
  EXPECT_EQ(value["low"], value["mean"]);
  EXPECT_EQ(value["high"], value["mean"]);
}

TEST(ExperimentReport, CarriesItsWarningsAtTheTop) {
  auto analysis = made_up_analysis(0.1);
  analysis.warnings = {"The sample ratio is off."};
  EXPECT_THAT(page_data(render_experiment_report(analysis, "x"))["warnings"],
              Contains("The sample ratio is off."));
}

}  // namespace
}  // namespace perennial
