#include "report/diagnosis_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/page_data_for_tests.h"

namespace perennial {
namespace {

using testing::Contains;
using testing::HasSubstr;

Diagnosis half_answered() {
  Diagnosis d;
  d.sources = {"panel"};
  d.why_not = {"needs event logs with users (--logs)", "there is no table impressions", "", ""};
  d.response.emplace();
  d.response->evidence = ResponseEvidence::experiment;
  d.response->effect = normal_estimate(.2, .05);
  d.response->relative = normal_estimate(.1, .025);
  d.response->posts_per_engagement = normal_estimate(.01, .0025);
  d.response->engagement_per_post = 20;
  d.response->creators = 4000;
  d.spillover = Spillover{normal_estimate(.7, .01), 110, 5000};
  d.warnings = {"two creators were left out"};
  judge(d);
  return d;
}

TEST(DiagnosisReport, BeginsWithTheVerdictAndWhatCastsDoubtOnIt) {
  const auto data = page_data(render_diagnosis_report(half_answered()));
  EXPECT_EQ(data["headline"], "Modelling the long run is worth it here.");
  EXPECT_THAT(data["warnings"], Contains("Two creators were left out."));
  EXPECT_THAT(kinds_of(data), testing::ElementsAre("bars", "definitions", "table"));
}

TEST(DiagnosisReport, DrawsWhatWasEstimatedAndSaysOfAllFourWhatTheyMean) {
  const auto data = page_data(render_diagnosis_report(half_answered()));
  const auto& plots = data["blocks"][0]["plots"];
  ASSERT_EQ(plots.size(), 3U);  // the response as a share and in posts, the spillover
  EXPECT_DOUBLE_EQ(plots[2]["bars"][0]["values"][0]["mean"].get<double>(), 70);
  const auto& meanings = data["blocks"][1]["entries"];
  ASSERT_EQ(meanings.size(), 4U);
  EXPECT_THAT(meanings[1]["text"].get<std::string>(), HasSubstr("there is no table impressions"));
  EXPECT_THAT(meanings[2]["text"].get<std::string>(), HasSubstr("Creators respond."));
}

TEST(DiagnosisReport, LeavesEveryEstimateAsATable) {
  const auto table = diagnosis_table(half_answered());
  EXPECT_EQ(table.texts("condition").front(), "response");
  EXPECT_DOUBLE_EQ(table.reals("mean").front(), .2);
  EXPECT_EQ(table.texts("condition").back(), "spillover");
}

}  // namespace
}  // namespace perennial
