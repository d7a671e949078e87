#include "world/definition_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "world/catalogue.h"
#include "world/generator.h"

namespace perennial {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string small = R"(name = "small"
summary = "two genres"
[users]
interests_per_user = [0.5, 0.5]
[creators]
genres_per_creator = [1]
[facts]
source = "a test"
interests_per_user = 1.5
[[genre]]
name = "Music"
interest_weight = 1
primary_share = 1
[[genre]]
name = "Games"
interest_weight = 2.5
[[pair]]
genres = ["Games", "Music"]
lift = 2
)";

std::string error_of(const std::string& text) {
  try {
    parse_definition(text, "w.toml");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    return error.what();
  }
  return "no error";
}

/// `small` with one piece of text replaced.
std::string error_with(const std::string& old, const std::string& replacement) {
  auto text = small;
  const auto at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return error_of(text.replace(at, old.size(), replacement));
}

TEST(DefinitionFile, ReadsWhatStandsInIt) {
  const auto d = parse_definition(small, "w.toml");
  EXPECT_EQ(d.name, "small");
  EXPECT_EQ(d.users, 100);
  EXPECT_EQ(d.interests_per_user, (std::vector<double>{0.5, 0.5}));
  ASSERT_EQ(d.genres.size(), 2U);
  EXPECT_EQ(d.genres[1].interest_weight, 2.5);
  ASSERT_EQ(d.pair_lifts.size(), 1U);
  EXPECT_EQ(d.pair_lifts[0].a, 1);
  EXPECT_EQ(d.pair_lifts[0].lift, 2);
  ASSERT_EQ(d.facts.size(), 1U);
  EXPECT_EQ(d.facts[0].value, 1.5);
}

TEST(DefinitionFile, WrittenDefinitionsMakeTheSameWorldWhenReadBack) {
  for (const auto& builtin : builtin_worlds()) {
    const auto again = parse_definition(definition_text(builtin), "again.toml");
    EXPECT_EQ(definition_text(again), definition_text(builtin));
    const auto one = generate(builtin, 200, 100, 3), other = generate(again, 200, 100, 3);
    EXPECT_EQ(one.users.interests.values(), other.users.interests.values());
    EXPECT_EQ(one.genres, other.genres);
  }
}

TEST(DefinitionFile, NamesTheNearestKeyAndGenre) {
  EXPECT_THAT(
      error_with("interests_per_user = [0.5, 0.5]", "intrests_per_user = [1]"),
      StartsWith("w.toml:4: users.intrests_per_user: unknown key; did you mean 'interests_per_user'?"));
  EXPECT_THAT(error_with("interest_weight = 1", "interest_wieght = 1"),
              HasSubstr("did you mean 'interest_weight'?"));
  EXPECT_THAT(error_with("[users]", "[user]"), HasSubstr("did you mean 'users'?"));
  EXPECT_THAT(error_with("summary", "sumary"), HasSubstr("did you mean 'summary'?"));
  EXPECT_THAT(error_with("\"Games\", \"Music\"", "\"Gmaes\", \"Music\""),
              HasSubstr("'Gmaes' is no genre of this world; did you mean 'Games'?"));
  EXPECT_THAT(error_with("interests_per_user = 1.5", "interest_per_user = 1.5"),
              HasSubstr("facts.interest_per_user: unknown key"));
}

TEST(DefinitionFile, RefusesValuesThatBreakTheirRule) {
  EXPECT_THAT(error_with("interest_weight = 1", "interest_weight = -1"), HasSubstr("must lie between 0"));
  EXPECT_THAT(error_with("interest_weight = 1", "interest_weight = nan"),
              HasSubstr("must be a finite number"));
  EXPECT_THAT(error_with("interest_weight = 1", "interest_weight = \"1\""), HasSubstr("must be a number"));
  EXPECT_THAT(error_with("interest_weight = 1", "interest_weight = [1]"),
              HasSubstr("must be one value, not a list"));
  EXPECT_THAT(error_with("[0.5, 0.5]", "[0.5, 0.2]"), HasSubstr("adds up to 0.7: must be 1"));
  EXPECT_THAT(error_with("[0.5, 0.5]", "[0.5, 0.3, 0.2]"), HasSubstr("asks for 3 where there are 2 genres"));
  EXPECT_THAT(error_with("[0.5, 0.5]", "[0.5, \"x\"]"), HasSubstr("\"x\" is no number"));
  EXPECT_THAT(error_with("\"Games\"\n", "\"Music\"\n"), HasSubstr("genre 'Music' is there twice"));
  EXPECT_THAT(error_with("primary_share = 1", "primary_share = 0"),
              HasSubstr("no genre has a positive primary_share"));
  EXPECT_THAT(error_with("lift = 2", "lift = 0"), HasSubstr("pair.lift"));
  EXPECT_THAT(error_with("\"Games\", \"Music\"", "\"Games\""), HasSubstr("must be the names of two genres"));
  EXPECT_THAT(error_of("name = \"empty\"\n"), HasSubstr("has no genres"));
}

}  // namespace
}  // namespace perennial
