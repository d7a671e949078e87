#include "respond/response/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "base/error.h"
#include "respond/learners/known_truth_for_tests.h"
#include "respond/response/compare.h"
#include "respond/response/feature_findings.h"
#include "respond/response/held_out.h"
#include "respond/response/placebo.h"
#include "respond/response/split.h"

namespace perennial {
namespace {

using testing::HasSubstr;

FitOptions quick_options() {
  FitOptions options;
  options.outcome = "posts";
  options.propensity = 0.5;
  options.learner.trees.rounds = 40;
  options.learner.trees.leaves = 16;
  options.learner.trees.learning_rate = 0.2;
  return options;
}

const KnownTruth& truth() {
  static const KnownTruth truth = make_known_truth({.creators = 8000, .relative_effect = 1.0, .tail = 1.0});
  return truth;
}

/// Never destroyed: XGBoost's own globals go before ours at exit.
const ResponseFit& fitted() {
  static const auto* fit = new ResponseFit(fit_response(truth().table, quick_options()));
  return *fit;
}

TEST(HeldOutCreators, AreThoseTheModelDidNotLearnFrom) {
  const auto held_out = held_out_creators(truth().table, fitted());
  const auto training = split_creators(truth().table, fitted().options.salt, 0.5).training;
  const std::set<std::uint32_t> learned(training.begin(), training.end());
  EXPECT_EQ(held_out.rows.size() + learned.size(), 8000U);
  for (const auto row : held_out.rows) EXPECT_FALSE(learned.contains(row));
}

/// The usual truth, in cities of ten creators.
CreatorTable in_cities() {
  auto table = make_known_truth({.creators = 8000, .relative_effect = 1.0, .tail = 1.0}).table;
  table.cluster_column = "city";
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    table.clusters.push_back(i / 10);
    if (i % 10 == 0) table.cluster_names.push_back(std::to_string(i / 10));
  }
  return table;
}

TEST(HeldOutCreators, AreWholeClustersWhereTheModelWasFittedWithThem) {
  auto table = in_cities();
  const auto fit = fit_response(table, quick_options());
  const auto held_out = held_out_creators(table, fit);
  const std::set<std::uint32_t> judged(held_out.clusters.begin(), held_out.clusters.end());
  EXPECT_EQ(held_out.rows.size(), 10 * judged.size());
  const auto refusal = [&](const CreatorTable& other) -> std::string {
    try {
      held_out_creators(other, fit);
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  };
  table.cluster_column = "region";
  EXPECT_THAT(refusal(table),
              HasSubstr("clusters of column 'city', and this table is read with those of 'region'"));
  EXPECT_THAT(refusal(truth().table), HasSubstr("is read without clusters: say --cluster city"));
}

TEST(HeldOutCreators, StayThoseOfTheFitWhereOnlyTheEvaluationHasClusters) {
  const auto table = in_cities();
  EXPECT_EQ(held_out_creators(table, fitted()).rows, held_out_creators(truth().table, fitted()).rows);
  const auto found = evaluate_response(fitted(), table, {.placebos = 0});
  EXPECT_THAT(found.warnings, testing::Contains(HasSubstr("was fitted without --cluster")));
}

TEST(ResponseEvaluation, FindsAStrongEffectThatIsThere) {
  const auto found = evaluate_response(fitted(), truth().table, {.placebos = 0});
  EXPECT_EQ(found.decision().verdict, ResponseVerdict::launch) << found.decision().reason;
  EXPECT_EQ(found.transform, "log1p");
  ASSERT_TRUE(found.raw);
  EXPECT_GT(found.raw->ate.mean, found.judged.ate.mean);  // in posts, not in log posts
  EXPECT_EQ(found.imputation, "x");
  ASSERT_FALSE(found.importance.empty());
  EXPECT_GE(found.importance.front().gain, found.importance.back().gain);
  // Eight numbers, one boolean, five of six topics.
  EXPECT_EQ(found.contrasts.size(), 14U);
  const auto calibration = calibration_of(found, fitted());
  EXPECT_EQ(calibration.verdict, "launch");
  EXPECT_EQ(calibration.slope, found.judged.blp.slope.mean);
}

TEST(ResponseEvaluation, IsTheSameAtAnyNumberOfThreads) {
  const auto one = evaluate_response(fitted(), truth().table, {.placebos = 3, .threads = 1});
  const auto two = evaluate_response(fitted(), truth().table, {.placebos = 3, .threads = 2});
  EXPECT_EQ(one.judged.targeting.autoc.mean, two.judged.targeting.autoc.mean);
  EXPECT_EQ(one.judged.half_samples.autoc_se, two.judged.half_samples.autoc_se);
  EXPECT_EQ(one.placebo->autoc, two.placebo->autoc);
  EXPECT_EQ(one.placebo->loss_ratio, two.placebo->loss_ratio);
}

TEST(ResponseEvaluation, PutsARealFitBesidePlacebosThatFindNothing) {
  const auto found = evaluate_response(fitted(), truth().table, {.placebos = 20});
  ASSERT_EQ(found.placebo->autoc.size(), 20U);
  EXPECT_LT(*std::max_element(found.placebo->autoc.begin(), found.placebo->autoc.end()),
            found.judged.targeting.autoc.mean);
  EXPECT_DOUBLE_EQ(found.placebo->autoc_p, 1.0 / 21);
  const double mean_slope =
      std::accumulate(found.placebo->slope.begin(), found.placebo->slope.end(), 0.0) / 20;
  EXPECT_NEAR(mean_slope, 0, 0.3);
}

TEST(ResponseEvaluation, WarnsWhenTheOutcomesOwnPastDecides) {
  auto renamed = make_known_truth({.creators = 8000, .relative_effect = 1.0, .tail = 1.0}).table;
  for (auto& feature : renamed.schema.features) feature.name = "posts_before_" + feature.name;
  const auto fit = fit_response(renamed, quick_options());
  const auto found = evaluate_response(fit, renamed, {.placebos = 0});
  ASSERT_EQ(found.warnings.size(), 1U);
  EXPECT_THAT(found.warnings.front(), HasSubstr("is the outcome's own past"));
}

TEST(OwnPast, IsToldByWholeWords) {
  const CreatorTable table;
  EXPECT_TRUE(is_own_past(table, "posts", "posts_before"));
  EXPECT_TRUE(is_own_past(table, "posts", "log1p_Posts"));
  EXPECT_FALSE(is_own_past(table, "posts", "composts"));
  EXPECT_FALSE(is_own_past(table, "posts", "followers"));
}

TEST(ResponseEvaluation, RefusesATableWithoutHeldOutCreators) {
  auto options = quick_options();
  options.held_out_share = 0;
  const auto fit = fit_response(truth().table, options);
  try {
    evaluate_response(fit, truth().table, {});
    FAIL() << "nobody is held out";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    EXPECT_THAT(error.what(), HasSubstr("0 treated and 0 control creators are held out"));
  }
}

TEST(ShuffledTreatment, KeepsHowManyAreTreatedAndDependsOnThePlacebo) {
  std::vector<std::uint8_t> treated(1000, 0);
  std::fill(treated.begin(), treated.begin() + 300, 1);
  const auto a = shuffled_treatment(treated, {}, 1, 0), b = shuffled_treatment(treated, {}, 1, 1);
  EXPECT_EQ(std::accumulate(a.begin(), a.end(), 0), 300);
  EXPECT_NE(a, b);
  EXPECT_EQ(a, shuffled_treatment(treated, {}, 1, 0));
  EXPECT_NEAR(std::accumulate(a.begin(), a.begin() + 300, 0), 90, 30);
}

TEST(ShuffledTreatment, MovesClustersAsAWhole) {
  std::vector<std::uint8_t> treated;
  std::vector<std::uint32_t> clusters;
  for (std::uint32_t i = 0; i < 400; ++i) {
    clusters.push_back(i / 10);
    treated.push_back(i / 10 < 20);
  }
  const auto shuffled = shuffled_treatment(treated, clusters, 1, 0);
  EXPECT_NE(shuffled, treated);
  EXPECT_EQ(std::accumulate(shuffled.begin(), shuffled.end(), 0), 200);
  for (std::size_t i = 0; i < 400; ++i) EXPECT_EQ(shuffled[i], shuffled[i / 10 * 10]);
}

TEST(ResponseComparison, JudgesLearnersOnTheSameCreators) {
  auto options = quick_options();
  options.learner.learner = "constant";
  const auto constant = fit_response(truth().table, options);
  const auto found = compare_responses(
      {{"three-model", &fitted()}, {"constant", &constant}, {"again", &fitted()}}, truth().table, 2);
  ASSERT_EQ(found.models.size(), 3U);
  EXPECT_GT(found.models[0].autoc.z, 3);
  EXPECT_EQ(found.models[1].autoc.mean, 0);
  EXPECT_LT(found.models[1].autoc_versus_first.z, -3);
  EXPECT_EQ(found.models[1].decision.verdict, ResponseVerdict::do_not_launch);
  EXPECT_EQ(found.models[2].autoc_versus_first.mean, 0);
}

TEST(ResponseComparison, RefusesModelsThatWereFittedToOtherThings) {
  auto options = quick_options();
  options.salt = "other";
  const auto other = fit_response(truth().table, options);
  try {
    compare_responses({{"a", &fitted()}, {"b", &other}}, truth().table, 1);
    FAIL() << "one has seen what the other has not";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("a and b: were fitted with different salts ('perennial' and 'other')"));
  }
}

}  // namespace
}  // namespace perennial
