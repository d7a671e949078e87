#include "report/response_comparison_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/page_data_for_tests.h"

namespace perennial {
namespace {

using testing::HasSubstr;

ResponseComparison made_up_comparison() {
  ResponseComparison comparison;
  comparison.outcome = "posts";
  comparison.transform = "log1p";
  comparison.creators = 1000;
  comparison.ate = normal_estimate(0.05, 0.01);
  for (const std::string name : {"three-model", "t", "constant"}) {
    ComparedResponse model;
    model.name = name;
    model.autoc = normal_estimate(name == "constant" ? 0 : 0.03, 0.005);
    for (int percent = 10; percent <= 100; percent += 10)
      model.curve.push_back({percent / 100.0, normal_estimate(0.1 - percent / 1000.0, 0.01)});
    comparison.models.push_back(model);
  }
  comparison.models[0].decision = {ResponseVerdict::launch, "All three tests find it.", {}};
  comparison.models[1].autoc_versus_first = normal_estimate(0.001, 0.004);
  comparison.models[2].autoc_versus_first = normal_estimate(-0.03, 0.005);
  return comparison;
}

TEST(ResponseComparisonReport, ShowsPairedDifferencesOfAllButTheFirst) {
  const auto data = page_data(render_response_comparison(made_up_comparison()));
  EXPECT_THAT(kinds_of(data), testing::ElementsAre("intervals", "curves", "table", "definitions"));
  const auto& points = data["blocks"][0]["groups"][0]["points"];
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[0]["series"], 1);
  EXPECT_DOUBLE_EQ(points[1]["mean"].get<double>(), -0.03);
  EXPECT_EQ(data["blocks"][1]["views"][0]["lines"].size(), 3U);
}

TEST(ResponseComparisonReport, NamesAWinnerOnlyWhereThePairedIntervalLiesAboveNothing) {
  auto comparison = made_up_comparison();
  const auto headline = [&] {
    return page_data(render_response_comparison(comparison))["headline"].get<std::string>();
  };
  EXPECT_EQ(headline(), "No model is clearly better than three-model on these creators");
  comparison.models[1].autoc_versus_first = normal_estimate(0.01, 0.004);
  EXPECT_THAT(headline(), HasSubstr("t finds the creators who respond better than three-model"));
  comparison.models[1].autoc_versus_first = normal_estimate(-0.01, 0.004);
  EXPECT_EQ(headline(), "three-model finds the creators who respond better than all the others");
}

TEST(ResponseComparisonReport, LeavesTheSameNumbersAsTables) {
  const auto comparison = made_up_comparison();
  const auto models = compared_models_table(comparison);
  EXPECT_EQ(models.texts("model")[2], "constant");
  EXPECT_DOUBLE_EQ(models.reals("autoc_versus_first")[2], -0.03);
  EXPECT_EQ(compared_curves_table(comparison).rows(), 30U);
}

}  // namespace
}  // namespace perennial
