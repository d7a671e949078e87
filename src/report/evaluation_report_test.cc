#include "report/evaluation_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/page_data_for_tests.h"

namespace perennial {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

ScoreEvaluation made_up_score() {
  ScoreEvaluation score;
  score.creators = 1000;
  score.ate = normal_estimate(0.05, 0.01);
  score.targeting = {normal_estimate(0.02, 0.005), normal_estimate(0.01, 0.003), {}};
  for (int percent = 1; percent <= 100; ++percent)
    score.targeting.curve.push_back({percent / 100.0, normal_estimate(0.1 - percent / 1000.0, 0.01)});
  for (const double share : high_low_shares) {
    HighLowCut cut{.share = share, .split = {}, .p_holm = 0.01};
    cut.split.high.effect = normal_estimate(0.07, 0.01);
    cut.split.low.effect = normal_estimate(0.02, 0.01);
    cut.split.difference = normal_estimate(0.05, 0.014);
    score.high_low.push_back(cut);
  }
  score.blp = {normal_estimate(0.05, 0.01), normal_estimate(0.9, 0.2), RobustErrors::hc3};
  for (int i = 0; i < 5; ++i) score.groups.push_back({200, 0, 0, 0.02 * i, normal_estimate(0.02 * i, 0.01)});
  score.decision = {ResponseVerdict::launch, "All three tests find it.", {}};
  return score;
}

ResponseEvaluation made_up_evaluation() {
  ResponseEvaluation evaluation;
  evaluation.model = "model";
  evaluation.learner = "three-model";
  evaluation.imputation = "x";
  evaluation.outcome = "posts";
  evaluation.transform = "log1p";
  evaluation.judged = made_up_score();
  evaluation.raw = made_up_score();
  evaluation.placebo = PlaceboFits{{0.001, -0.002}, {0.2, -0.4}, {0, 0}, {0.99, 1}, 1 / 3.0, 1};
  evaluation.third_model_loss_ratio = 0.98;
  evaluation.importance = {{"posts_before", 0.7, 0.03}, {"age", 0.3, 0.01}};
  evaluation.contrasts.push_back({"country", "SE", {0.2, 0.1, 0, 0, normal_estimate(0.1, 0.02)}});
  evaluation.feature_split = FeatureSplit{"posts_before", {}};
  return evaluation;
}

TEST(EvaluationReport, SaysTheVerdictFirstAndDrawsEveryTest) {
  const auto data = page_data(render_evaluation_report(made_up_evaluation()));
  EXPECT_THAT(data["headline"].get<std::string>(), HasSubstr("Launch"));
  EXPECT_EQ(data["lead"][0], "All three tests find it.");
  EXPECT_THAT(kinds_of(data), testing::ElementsAre("curves", "bars", "bars", "table", "points", "spread",
                                                   "bars", "table", "table"));
}

TEST(EvaluationReport, ShowsTheOutcomeItselfBesideTheTransform) {
  const auto data = page_data(render_evaluation_report(made_up_evaluation()));
  EXPECT_EQ(data["blocks"][0]["views"].size(), 2U);
  EXPECT_EQ(data["blocks"][1]["plots"].size(), 2U);
}

TEST(EvaluationReport, PutsEveryPlaceboBesideTheObservedValue) {
  const auto data = page_data(render_evaluation_report(made_up_evaluation()));
  const auto& autoc = data["blocks"][5]["plots"][0];
  EXPECT_EQ(autoc["values"].size(), 2U);
  EXPECT_DOUBLE_EQ(autoc["observed"].get<double>(), 0.02);
}

TEST(EvaluationReport, CarriesItsWarningsAtTheTop) {
  auto evaluation = made_up_evaluation();
  evaluation.warnings = {"The sample ratio is off."};
  EXPECT_THAT(page_data(render_evaluation_report(evaluation))["warnings"],
              Contains("The sample ratio is off."));
}

TEST(EvaluationReport, DrawsNoPlacebosWhereNoneWereFitted) {
  auto evaluation = made_up_evaluation();
  evaluation.placebo.reset();
  EXPECT_THAT(kinds_of(page_data(render_evaluation_report(evaluation))), Not(Contains("spread")));
}

}  // namespace
}  // namespace perennial
