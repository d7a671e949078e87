#include "io/toml_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perennial {
namespace {

using ::testing::HasSubstr;

std::string error_of(const std::string& text) {
  try {
    parse_toml(text, "run.toml");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    return error.what();
  }
  return "no error";
}

TEST(TomlFile, ListsEntriesInTheOrderWrittenWithDottedKeysAndLines) {
  const auto file =
      parse_toml("seed = 7\n[ranker]\nname = \"mf\"\nmf.rate = 1e-3\n[users]\nactivity = 0.5\n", "run.toml");
  ASSERT_EQ(file.entries.size(), 4U);
  EXPECT_EQ(file.entries[0].key, "seed");
  EXPECT_EQ(file.entries[0].values[0], FieldValue(std::int64_t{7}));
  EXPECT_EQ(file.entries[1].key, "ranker.name");
  EXPECT_EQ(file.entries[1].values[0], FieldValue("mf"));
  EXPECT_EQ(file.entries[2].key, "ranker.mf.rate");
  EXPECT_EQ(file.entries[2].values[0], FieldValue(1e-3));
  EXPECT_EQ(file.place(file.entries[3]), "run.toml:6");
}

TEST(TomlFile, KeepsListsTogetherAndNumbersTables) {
  const auto file =
      parse_toml("policies = [\"silent\", \"oracle\"]\n[[arm]]\nk = 1\n[[arm]]\nk = 2\n", "run.toml");
  ASSERT_EQ(file.entries.size(), 3U);
  EXPECT_TRUE(file.entries[0].is_list);
  EXPECT_EQ(file.entries[0].values.size(), 2U);
  EXPECT_EQ(file.entries[1].key, "arm.0.k");
  EXPECT_EQ(file.entries[2].key, "arm.1.k");
}

TEST(TomlFile, QuotesOddKeysAndKeepsThemApart) {
  const auto file = parse_toml("[share]\n\"Film & Animation\" = 0.5\n\"a.b\" = 1\n", "w.toml");
  EXPECT_EQ(file.entries[0].key, "share.\"Film & Animation\"");
  EXPECT_EQ(file.entries[0].path, (std::vector<std::string>{"share", "Film & Animation"}));
  EXPECT_EQ(file.entries[1].path.size(), 2U);
}

TEST(TomlFile, NamesFileLineAndColumnOfASyntaxError) {
  EXPECT_THAT(error_of("a = 1\nb = = 2\n"), HasSubstr("run.toml:2:5: "));
  EXPECT_THAT(error_of("a = 1\na = 2\n"), HasSubstr("run.toml:2:"));
}

TEST(TomlFile, RefusesBytesThatAreNoTextAndTablesWithoutName) {
  EXPECT_THAT(error_of("a = 1\n[f\xA1\x9C]\n"), HasSubstr("run.toml:2:"));
  EXPECT_THAT(error_of("[\n"), HasSubstr("run.toml:"));
  EXPECT_THAT(error_of("a = 1\n[\nb = 2\n"), HasSubstr("run.toml:"));
}

TEST(TomlFile, RefusesNotANumberAndDates) {
  EXPECT_THAT(error_of("a = nan"), HasSubstr("run.toml:1:5: a: must be a finite number"));
  EXPECT_THAT(error_of("a = 2024-01-01"), HasSubstr("dates and times"));
}

TEST(TomlFile, WrittenStringsReadBackTheSame) {
  const std::string odd = "tab\t quote\" back\\slash é ❤️ \xEF\xB3\xBF";
  const auto file = parse_toml(toml_key(odd) + " = " + toml_string(odd), "x");
  EXPECT_EQ(file.entries[0].path[0], odd);
  EXPECT_EQ(file.entries[0].values[0], FieldValue(odd));
}

TEST(TomlFile, SaysWhenThereIsNoSuchFile) {
  try {
    read_toml("/nowhere/run.toml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::not_found);
    EXPECT_THAT(error.what(), HasSubstr("/nowhere/run.toml"));
  }
}

}  // namespace
}  // namespace perennial
