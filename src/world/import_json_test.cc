#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world/import.h"
#include "world/import_for_tests.h"

namespace perennial {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string good_creators = R"([
  {"channel_name": "ann", "history_categories": {"Music": 3, "Art": 1}, "creation_frequency": 2.5,
   "history_items": [{"id": "m1", "genre": "Music"}, {"id": "a1", "genre": "Art"}]},
  {"channel_name": "bob", "history_categories": {"Games": 7}, "creation_frequency": 0.25, "history_items": []}
])";
const std::string good_users = R"([
  {"user_name": "u", "interest": ["Music", "Art", "Music"], "history": ["a1", "zz"]},
  {"user_name": "v", "interest": ["Games"], "history": []}
])";

Imported json(const std::string& users, const std::string& creators, const ImportOptions& options = {}) {
  return import_json_texts(users, "users.json", creators, "creators.json", options);
}

TEST(ImportJson, TakesInTheAuthorsPairWithoutNames) {
  const auto [world, report] = json(good_users, good_creators);
  EXPECT_THAT(world.genres, ElementsAre("Art", "Games", "Music"));
  EXPECT_THAT(interests(world, 0), ElementsAre("Art", "Music"));
  ASSERT_EQ(world.creators.history[0].size(), 2U);
  EXPECT_EQ(world.creators.history[0][1].count, 3U);
  ASSERT_EQ(world.past_clicks.size(), 2U);
  EXPECT_EQ(world.past_clicks[0].creator, 0U);
  EXPECT_EQ(world.genres[world.past_clicks[0].genre], "Art");
  EXPECT_EQ(world.past_clicks[1].creator, no_creator);
  EXPECT_THAT(world.creators.activity, ElementsAre(0.5, 0.5));
  EXPECT_EQ(report.rows_read, 4U);
}

TEST(ImportJson, TakesActivityFromFrequencyWhenAskedCappedAtOne) {
  EXPECT_THAT(json(good_users, good_creators, {.activity_from_frequency = true}).world.creators.activity,
              ElementsAre(1.0, 0.25));
}

TEST(ImportJson, NamesFileLineAndColumnOfABrokenRow) {
  const auto with_creators = [](const std::string& creators) {
    return error_of([&] { json(good_users, creators); });
  };
  const auto with_users = [](const std::string& users) {
    return error_of([&] { json(users, good_creators); });
  };
  EXPECT_THAT(with_users("[{\"user_name\": \"u\",\n  \"interest\": [\"Gmaes\"]}]"),
              StartsWith("users.json:2:3: \"interest\": interest 'Gmaes' is no genre that a creator makes; "
                         "did you mean 'Games'?"));
  EXPECT_THAT(with_users("[{\"user_name\": \"u\", \"interests\": []}]"),
              StartsWith("users.json:1:2: has no \"interest\"; it has \"interests\""));
  EXPECT_THAT(with_users("[{\"user_name\": \"u\", \"interest\": []}]"), HasSubstr("at least one interest"));
  EXPECT_THAT(with_users(R"([{"user_name":"u","interest":["Art"]},{"user_name":"u","interest":["Art"]}])"),
              HasSubstr("users.json:1:40: \"user_name\": a user of that name is there already"));
  EXPECT_THAT(with_users("[]"), HasSubstr("users.json: holds no user"));
  EXPECT_THAT(with_users("[{\"user_name\": \"u\",\n"),
              AllOf(StartsWith("users.json:2:"), HasSubstr("end of input")));
  EXPECT_THAT(with_users("[{\"user_name\": NaN}]"), StartsWith("users.json:1:"));
  EXPECT_THAT(with_creators(R"([{"channel_name": "a", "history_categories": {}}])"),
              HasSubstr("a creator needs at least one genre"));
  EXPECT_THAT(with_creators(R"([{"channel_name": "a", "history_categories": {"Art": -2}}])"),
              StartsWith("creators.json:1:24: \"history_categories\": -2 must be a whole number of items"));
  EXPECT_THAT(
      with_creators(R"([{"channel_name": "a", "history_categories": {"Art": 1}, "creation_frequency": -1}])"),
      HasSubstr("\"creation_frequency\": -1 must be a finite number, at least 0"));
}

TEST(ImportJson, SkipsAndCountsBadRowsWhenAsked) {
  const auto users = R"([{"user_name": "u", "interest": ["Art"]}, {"user_name": "v", "interest": ["Nothing"]},
                         {"user_name": 5, "interest": ["Art"]}])";
  const auto [world, report] = json(users, good_creators, {.skip_bad_rows = true});
  EXPECT_EQ(world.users.size(), 1U);
  EXPECT_EQ(report.rows_skipped, 2U);
  EXPECT_THAT(report.first_skipped[1], HasSubstr("users.json:2:"));
}

TEST(ImportJson, TakesInInterestsNobodyMakesWhenAsked) {
  const auto users = R"([{"user_name": "u", "interest": ["Cars"]}])";
  EXPECT_THAT(interests(json(users, good_creators, {.add_interest_genres = true}).world, 0),
              ElementsAre("Cars"));
}

}  // namespace
}  // namespace perennial
