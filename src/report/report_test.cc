#include "report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "report/comparison_for_tests.h"
#include "report/picture.h"
#include "report_template.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

Json data_of(const std::string& page) {
  const std::string start = "id=\"page-data\">";
  const auto from = page.find(start) + start.size();
  return Json::parse(page.substr(from, page.find("</script>", from) - from));
}

Json block_of(const Json& data, const std::string& title) {
  for (const Json& block : data["blocks"]) {
    if (block["title"] == title) return block;
  }
  return nullptr;
}

/// Everything by which a page could fetch something from elsewhere.
bool reaches_out(const std::string& text) {
  const std::regex reference(
      R"re((src|href|action|data)\s*=\s*["']?\s*(https?:)?//|url\(\s*["']?\s*(https?:)?//|@import|\bfetch\(\s*["'`]|sendBeacon|XMLHttpRequest|WebSocket)re");
  return std::regex_search(text, reference);
}

TEST(Report, NeedsNoNetwork) {
  const std::string page = render_report(made_up_main_job());
  EXPECT_FALSE(reaches_out(page));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST(Report, StaysWellBelowOneAndAHalfMegabytes) {
  EXPECT_LT(render_report(made_up_main_job()).size(), 900'000U);
  EXPECT_LT(render_report(made_up_main_job(2, 3000)).size(), 1'200'000U);
}

TEST(Report, DrawsOnlyBlocksThatThePageKnows) {
  const std::string page = report_template();
  const Json data = data_of(render_report(made_up_main_job()));
  ASSERT_EQ(data["blocks"].size(), 10U);
  for (const Json& block : data["blocks"]) {
    EXPECT_THAT(page, HasSubstr("case\"" + block["kind"].get<std::string>() + "\""));
  }
}

TEST(Report, MarksAndDashesWhatUsesTheTruth) {
  const Json data = data_of(render_report(made_up_main_job()));
  for (const Json& series : data["series"]) {
    EXPECT_EQ(series["dashed"], series["name"] == "oracle");
    EXPECT_EQ(series["badge"] == "uses the truth", series["name"] == "oracle");
  }
}

TEST(Report, ListsPoliciesWithMostClicksFirst) {
  const Json data = data_of(render_report(made_up_main_job()));
  std::vector<std::string> order;
  const Json table = block_of(data, "The policies in numbers");
  for (const Json& row : table["rows"]) {
    order.push_back(data["series"][row["series"].get<std::size_t>()]["name"]);
  }
  EXPECT_THAT(order, testing::ElementsAre("oracle", "water-filling", "random", "most-history-click", "silent",
                                          "most-click"));
}

TEST(Report, DrawsEveryPolicySmoothedAndRoundByRound) {
  const Json views = block_of(data_of(render_report(made_up_main_job())), "Clicks per round")["views"];
  ASSERT_EQ(views.size(), 2U);
  EXPECT_EQ(views[0]["name"], "Moving average over 11 rounds");
  for (const Json& view : views) {
    EXPECT_EQ(view["x"].size(), 200U);
    ASSERT_EQ(view["lines"].size(), 6U);
    for (const Json& line : view["lines"]) EXPECT_LT(line["low"][50], line["high"][50]);
  }
}

TEST(Report, SharesOfCreatorsByGenresAddUpToOne) {
  const Json block = block_of(data_of(render_report(made_up_main_job())), "Genres per creator");
  ASSERT_EQ(block["plots"].size(), 6U);
  for (const Json& plot : block["plots"]) {
    double sum = 0;
    for (const double share : plot["shares"]) sum += share;
    EXPECT_NEAR(sum, 1, 1e-3);
  }
}

TEST(Report, GivesOneSeedNoIntervals) {
  const Json data = data_of(render_report(made_up_main_job(1)));
  EXPECT_TRUE(block_of(data, "How much more, and how sure").is_null());
  const Json table = block_of(data, "The policies in numbers");
  ASSERT_EQ(table["rows"].size(), 6U);
  for (const Json& row : table["rows"]) {
    for (const Json& cell : row["cells"]) EXPECT_EQ(cell["under"], "");
  }
}

TEST(Report, TakesOnePolicyAndOneRound) {
  const Json data = data_of(render_report(made_up_comparison({{"silent", 50}}, 1, 1)));
  EXPECT_THAT(data["headline"].get<std::string>(), HasSubstr("silent draws"));
}

TEST(Report, SurvivesNamesThatLookLikeMarkup) {
  Comparison comparison = made_up_main_job();
  comparison.world = "</script><img src=x onerror=alert(1)>";
  const std::string page = render_report(comparison);
  EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(data_of(page)["title"].get<std::string>(), HasSubstr("<img src=x"));
  EXPECT_THAT(render_picture(comparison), Not(HasSubstr("<img")));
}

TEST(ReportDeathTest, RefusesAPolicyThatMissedASeed) {
  Comparison comparison = made_up_main_job(2, 5);
  comparison.policies[3].runs.pop_back();
  EXPECT_DEATH(render_report(comparison), "every policy was played on every seed");
}

TEST(Picture, NamesEveryPolicyAndFollowsTheScheme) {
  const Comparison comparison = made_up_main_job();
  const std::string picture = render_picture(comparison);
  for (const auto& policy : comparison.policies) EXPECT_THAT(picture, HasSubstr(">" + policy.name));
  EXPECT_THAT(picture, HasSubstr("uses the truth"));
  EXPECT_THAT(picture, HasSubstr("prefers-color-scheme:dark"));
  EXPECT_FALSE(reaches_out(picture));
  EXPECT_LT(picture.size(), 100'000U);
}

TEST(Picture, DrawsOneSeedWithoutIntervals) {
  EXPECT_THAT(render_picture(made_up_main_job(1, 1)), HasSubstr("one seed"));
}

}  // namespace
}  // namespace perennial
