#include "report/diagnosis_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/json_file.h"

namespace perennial {
namespace {

using testing::HasSubstr;
using testing::Not;

Diagnosis full_diagnosis() {
  Diagnosis d;
  d.sources = {"logs"};
  d.periods = 8;
  d.period_length = 7 * 86400.0;
  d.discounting =
      Discounting{normal_estimate(.6, .01), normal_estimate(.5, .02), normal_estimate(.4, .02), 900};
  d.content_gap = ContentGap{normal_estimate(.3, .1), normal_estimate(1, .1), normal_estimate(.5, .1), 120};
  d.response.emplace();
  d.response->evidence = ResponseEvidence::experiment;
  d.response->effect = normal_estimate(.2, .05);
  d.response->relative = normal_estimate(.1, .025);
  d.response->posts_per_engagement = normal_estimate(.01, .0025);
  d.response->engagement_per_post = 20;
  d.response->creators = 4000;
  d.spillover = Spillover{normal_estimate(.7, .01), 110, 5000};
  judge(d);
  return d;
}

TEST(DiagnosisSummary, SaysEveryConditionWithItsIntervalAndTheVerdict) {
  const auto json = diagnosis_summary(full_diagnosis());
  EXPECT_EQ(json["verdict"], "worth-it");
  EXPECT_DOUBLE_EQ(json["conditions"]["discounting"]["returning_share"]["mean"].get<double>(), .6);
  EXPECT_DOUBLE_EQ(json["conditions"]["content_gap"]["gap"]["ci95"][0].get<double>(),
                   normal_estimate(.3, .1).low);
  EXPECT_EQ(json["conditions"]["response"]["evidence"], "experiment");
  EXPECT_DOUBLE_EQ(json["conditions"]["spillover"]["others_share"]["mean"].get<double>(), .7);
  EXPECT_NEAR(json["later_per_engagement"]["mean"].get<double>(), .9 * .01 * 20, 1e-12);
  EXPECT_NO_THROW(json_text(json));
}

TEST(DiagnosisSummary, SaysWhyAConditionHasNoEstimate) {
  Diagnosis d;
  d.why_not = {"no users", "no impressions", "no posts", "no users"};
  judge(d);
  const auto json = diagnosis_summary(d);
  EXPECT_EQ(json["conditions"]["content_gap"]["why_not"], "no impressions");
  EXPECT_EQ(json["verdict"], "insufficient-data");
  EXPECT_TRUE(json["periods"].is_null());
  EXPECT_THAT(diagnosis_text(d), HasSubstr("not estimated: no impressions"));
}

TEST(DiagnosisSummary, WritesWhatIsCertainToo) {
  auto d = full_diagnosis();
  d.discounting->returning_share = normal_estimate(1, 0);  // z is infinite
  EXPECT_TRUE(diagnosis_summary(d)["conditions"]["discounting"]["returning_share"]["z"].is_null());
  EXPECT_NO_THROW(json_text(diagnosis_summary(d)));
}

TEST(DiagnosisText, BeginsWithTheVerdictAndSaysWhatEachConditionMeans) {
  auto d = full_diagnosis();
  auto text = diagnosis_text(d);
  EXPECT_EQ(text.rfind("Verdict: modelling the long run is worth it here.", 0), 0U);
  EXPECT_THAT(text, HasSubstr("8 periods of 7 days"));
  EXPECT_THAT(text, HasSubstr("measured by experiment, 4,000 creators"));
  EXPECT_THAT(text, HasSubstr("leave less behind for later"));
  d.response->evidence = ResponseEvidence::between_creators;
  judge(d);
  text = diagnosis_text(d);
  EXPECT_THAT(text, HasSubstr("run an experiment before building on it"));
  EXPECT_THAT(text, HasSubstr("observational"));
  EXPECT_THAT(text, Not(HasSubstr("measured by experiment")));
}

}  // namespace
}  // namespace perennial
