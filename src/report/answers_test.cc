#include "report/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/comparison_for_tests.h"
#include "report/page_data_for_tests.h"
#include "report/report.h"
#include "report/summary.h"

namespace perennial {
namespace {

/// Two seeds in which creators were asked: 100 decisions, of which so many were unclear twice.
Comparison asked_creators(std::uint64_t fallbacks) {
  Comparison made = made_up_comparison({{"silent", 10}, {"lore", 20}}, 2, 3);
  for (RunResult& run : made.policies[1].runs) {
    run.creator_answers = {
        .questions = 53, .unclear = 3, .fallbacks = 0, .prompt_tokens = 500, .completion_tokens = 70};
  }
  auto& last = made.policies[1].runs[1].creator_answers;
  last.unclear += fallbacks;
  last.fallbacks = fallbacks;
  return made;
}

TEST(Answers, AreSummedOverSeedsInTheSummary) {
  const auto summary = summary_of(asked_creators(2));
  EXPECT_TRUE(summary["policies"][0]["answers"]["creators"].is_null());
  EXPECT_TRUE(summary["policies"][1]["answers"]["users"].is_null());
  const nlohmann::ordered_json expected = {
      {"questions", 106},        {"decisions", 100},       {"unclear", 8},
      {"fallbacks", 2},          {"fallback_share", 0.02}, {"prompt_tokens", 1000},
      {"completion_tokens", 140}};
  EXPECT_EQ(summary["policies"][1]["answers"]["creators"], expected);
}

TEST(Answers, StandInATableOnlyWhereSomebodyWasAsked) {
  const auto block = answers_block(asked_creators(2));
  ASSERT_EQ(block["rows"].size(), 1u);
  EXPECT_EQ(block["rows"][0]["name"], "lore: creators");
  EXPECT_EQ(block["rows"][0]["cells"][0]["text"], "106");
  EXPECT_EQ(block["rows"][0]["cells"][2]["text"], "2.0%");
  EXPECT_EQ(block["rows"][0]["cells"][2]["under"], "2 of 100");
  EXPECT_TRUE(answers_block(made_up_main_job(2, 3)).is_null());
}

TEST(Answers, ArePlayedAgainFromTheirCache) {
  const auto blocks = page_data(render_report(asked_creators(2)))["blocks"];
  EXPECT_EQ(blocks.back()["text"], "perennial compare --config config.toml --out again --llm-cache only");
}

TEST(Answers, OfWhichMoreThanATwentiethWereLeftToARuleAreWarnedOfAtTheTop) {
  EXPECT_TRUE(answers_warnings(asked_creators(5)).empty());
  const auto warnings = page_data(render_report(asked_creators(6)))["warnings"];
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_THAT(warnings[0].get<std::string>(),
              testing::StartsWith("Under lore, 6.0% of what the creators were asked was left to a rule"));
}

}  // namespace
}  // namespace perennial
