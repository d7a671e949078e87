#include "llm/server_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace perennial {
namespace {

TEST(ServerJson, IsTakenAsItIsWhereItIsRight) {
  EXPECT_EQ(parse_server_json(R"({"a": "Gr\u00fc\u00dfe \ud83d\ude00"})")->at("a"),
            "Gr\xC3\xBC\xC3\x9F"
            "e \xF0\x9F\x98\x80");
  EXPECT_FALSE(parse_server_json("").has_value());
  EXPECT_FALSE(parse_server_json("<html>").has_value());
  EXPECT_FALSE(parse_server_json(R"({"a": "cut)").has_value());
}

TEST(ServerJson, ReadsAroundBytesThatAreNoUtf8) {
  EXPECT_EQ(parse_server_json("{\"a\": \"x\xFFy\xE2\x82\"}")->at("a"), "x\xEF\xBF\xBDy\xEF\xBF\xBD");
}

TEST(ServerJson, ReadsAroundHalvesOfSurrogatePairs) {
  EXPECT_EQ(parse_server_json(R"(["\ud83d"])")->at(0), "\xEF\xBF\xBD");
  EXPECT_EQ(parse_server_json(R"(["\ude00 \ud83d\ude00"])")->at(0), "\xEF\xBF\xBD \xF0\x9F\x98\x80");
  EXPECT_EQ(parse_server_json(R"(["\\ud83d \ud83d"])")->at(0), "\\ud83d \xEF\xBF\xBD");
}

TEST(ServerJson, NestedWithoutEndIsNoTrouble) {
  EXPECT_FALSE(parse_server_json(std::string(100'000, '[')).has_value());
  EXPECT_FALSE(parse_server_json(std::string(100'000, '[') + std::string(100'000, ']')).has_value());
  EXPECT_TRUE(parse_server_json(std::string(100, '[') + std::string(100, ']')).has_value());
  EXPECT_TRUE(parse_server_json("[\"" + std::string(1000, '{') + "\\\"[\"]").has_value());
}

TEST(OneLine, HasNoBreaksAndAnEnd) {
  EXPECT_EQ(one_line("  two\r\n\tlines\x01 \x7f"), "two lines");
  EXPECT_EQ(one_line(std::string(1000, 'x'), 10), "xxxxxxxxxx..");
  EXPECT_EQ(one_line("abc\xE2\x82\xAC"
                     "def",
                     5),
            "abc..");  // cut within the euro sign
  EXPECT_EQ(one_line("\xFF"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace perennial
