#include "io/json_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace perennial {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

template <class Action>
std::string error_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(JsonFile, NamesFileLineAndColumnOfASyntaxError) {
  EXPECT_THAT(error_of([] { parse_json("{\n  \"a\": ,\n}", "a.json"); }), StartsWith("a.json:2:8: "));
}

TEST(JsonFile, NamesTheEndOfATruncatedFile) {
  EXPECT_THAT(error_of([] { parse_json("[1,\n 2", "a.json"); }),
              AllOf(StartsWith("a.json:2:3: "), HasSubstr("end of input")));
  EXPECT_THAT(error_of([] { parse_json("", "a.json"); }), StartsWith("a.json:1:1: "));
}

TEST(JsonFile, RefusesNumbersThatAreNotFinite) {
  EXPECT_THAT(error_of([] { parse_json("[NaN]", "a.json"); }), StartsWith("a.json:1:"));
  EXPECT_THAT(error_of([] { parse_json("[1e999]", "a.json"); }), StartsWith("a.json:1:"));
  const nlohmann::json value = {{"clicks", {1.0, std::numeric_limits<double>::quiet_NaN()}}};
  EXPECT_THAT(error_of([&] { json_text(value); }), HasSubstr("clicks[1] = nan"));
}

TEST(JsonFile, HandsOutRecordsWithTheirPlaces) {
  const std::string text =
      "[\n  {\"name\": \"a\", \"no\\\"te\": [1, {\"name\": 2}]},\n\n  {\"name\":\n    \"b\"}\n]";
  std::vector<std::string> seen;
  for_each_record(text, "u.json", [&](const JsonRecord& record) {
    seen.push_back(record.value()["name"].get<std::string>() + " " + record.place() + " " +
                   record.place("name") + " " + record.place("no\"te"));
  });
  EXPECT_THAT(seen, ElementsAre("a u.json:2:3 u.json:2:4 u.json:2:17", "b u.json:4:3 u.json:4:4 u.json:4:3"));
}

TEST(JsonFile, RefusesWhatIsNoListOfObjects) {
  const auto read = [](const char* text) {
    return error_of([&] { for_each_record(text, "u.json", [](const JsonRecord&) {}); });
  };
  EXPECT_THAT(read("{}"), HasSubstr("must be a list"));
  EXPECT_THAT(read("[{},\n 3]"), StartsWith("u.json:2:"));
  EXPECT_THAT(read("[[]]"), HasSubstr("must be an object"));
  EXPECT_THAT(read("[{\"a\": 1}, {"), HasSubstr("end of input"));
  EXPECT_EQ(read("[]"), "no error");
}

}  // namespace
}  // namespace perennial
