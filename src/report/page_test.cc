#include "report/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "report_template.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

/// What a browser would read as the page's data.
std::string data_in(const std::string& page) {
  const std::string start = "<script type=\"application/json\" id=\"page-data\">";
  const auto from = page.find(start) + start.size();
  return page.substr(from, page.find("</script>", from) - from);
}

TEST(ScriptSafe, LetsNoTextEndTheScriptItStandsIn) {
  const Json data{{"name", "</script><script>alert(1)</script><!-- <SCRIPT"}};
  const std::string safe = script_safe(data);
  EXPECT_THAT(safe, Not(HasSubstr("<")));
  EXPECT_EQ(Json::parse(safe), data);
}

TEST(ScriptSafe, IsPlainAsciiAndKeepsEveryLetter) {
  const Json data{{"genre", "Żółw\u2028\"quoted\"\\"}};
  const std::string safe = script_safe(data);
  EXPECT_TRUE(std::ranges::all_of(safe, [](unsigned char c) { return c < 128; }));
  EXPECT_EQ(Json::parse(safe), data);
}

TEST(ScriptSafe, ReplacesBrokenUtf8InsteadOfFailing) {
  EXPECT_EQ(Json::parse(script_safe(Json{{"name",
                                          "a\xff"
                                          "b"}}))["name"],
            "a\uFFFDb");
}

TEST(FillPage, PutsTitleAndDataWhereTheyBelong) {
  const Json data{{"headline", "@PAGE_TITLE@ </script>"}};
  const std::string page = fill_page("youtube & <lockin>", data);
  EXPECT_THAT(page, HasSubstr("<title>youtube &amp; &lt;lockin&gt;</title>"));
  EXPECT_EQ(Json::parse(data_in(page)), data);
}

TEST(ReportTemplate, CameThroughTheCompilerWhole) {
  const std::string page = report_template();
  EXPECT_TRUE(page.starts_with("<!doctype html>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_EQ(page.find("@PAGE_DATA@"), page.rfind("@PAGE_DATA@"));
  EXPECT_NE(page.find("@PAGE_DATA@"), std::string::npos);
}

TEST(Rounded, KeepsFiveDigits) {
  EXPECT_EQ(rounded(157.123456), 157.12);
  EXPECT_EQ(rounded(-0.000123456), -0.00012346);
  EXPECT_EQ(rounded(1234567), 1234600);
}

}  // namespace
}  // namespace perennial
