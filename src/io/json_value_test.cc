#include "io/json_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "io/json_file.h"

namespace perennial {
namespace {

/// What reading says when it fails.
template <class Read>
std::string refusal(const char* text, Read read) {
  const auto json = parse_json(text, "a.json");
  try {
    read(JsonValue(json, "a.json"));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    return error.what();
  }
  return "nothing";
}

TEST(JsonValue, ReadsWhatFollowsTheRules) {
  const auto json = parse_json(R"({"a": [1, 12.0, 0.5], "b": {"c": "text", "d": true}})", "a.json");
  const JsonValue value(json, "a.json");
  EXPECT_EQ(value.at("a").list()[0].whole(1, 1), 1);
  EXPECT_EQ(value.at("a").list()[1].whole(0, 12), 12);
  EXPECT_EQ(value.at("a").list()[2].real(0, 1), 0.5);
  EXPECT_EQ(value.at("b").at("c").text(), "text");
  EXPECT_TRUE(value.at("b").at("d").flag());
  EXPECT_FALSE(value.find("e").has_value());
  EXPECT_EQ(value.at("b").entries()[1].first, "d");
}

TEST(JsonValue, NamesFilePathValueAndRule) {
  const auto third = [](const JsonValue& v) { return v.at("a").list()[2].at("n"); };
  const char* text = R"({"a": [0, 0, {"n": -3}]})";
  EXPECT_EQ(refusal(text, [&](const JsonValue& v) { third(v).whole(0, 9); }),
            "a.json: a[2].n = -3: must be at least 0");
  EXPECT_EQ(refusal(text, [&](const JsonValue& v) { third(v).text(); }), "a.json: a[2].n = -3: must be text");
  EXPECT_EQ(refusal(text, [&](const JsonValue& v) { v.at("a").list()[2].at("m"); }),
            "a.json: a[2]: 'm' is missing");
  EXPECT_EQ(refusal(R"({"a": 1.5})", [](const JsonValue& v) { v.at("a").whole(0, 9); }),
            "a.json: a = 1.5: must be a whole number");
  EXPECT_EQ(refusal(R"({"a": 1e30})", [](const JsonValue& v) { v.at("a").whole(0, 9); }),
            "a.json: a = 1e+30: must be at most 9");
  EXPECT_EQ(refusal("[]", [](const JsonValue& v) { v.at("a"); }),
            "a.json: must be an object: {\"key\": value, ..}");
}

TEST(JsonValue, NamesTheNearestKeyOfAMisspeltOne) {
  const std::vector<std::string> keys = {"history", "made"};
  EXPECT_EQ(refusal(R"({"histroy": 1})", [&](const JsonValue& v) { v.allow_only(keys); }),
            "a.json: no such key: 'histroy'; did you mean 'history'?");
}

}  // namespace
}  // namespace perennial
