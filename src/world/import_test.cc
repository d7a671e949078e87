#include "world/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "base/error.h"
#include "io/duckdb.h"
#include "io/temporary_folder.h"
#include "world/statistics.h"

namespace perennial {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
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

std::vector<std::string> interests(const World& world, UserId user) {
  std::vector<std::string> names;
  for (const auto g : world.users.interests[user]) names.push_back(world.genres[g]);
  return names;
}

// The authors' JSON pair.

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

// Tables.

class ImportTables : public ::testing::Test {
 protected:
  ImportTables() {
    folder_.write("users.csv", "user_id,interests\n7,Music|Art\n9,Games\n");
    folder_.write("creators.csv", "creator_id,parse_status\n1,A\n2,D\n5,C\n");
    folder_.write("creator_genre.csv", "creator_id,genre,count\n1,Music,3\n1,Art,1\n2,Art,9\n5,Games,7\n");
  }
  Imported import(const ImportOptions& options = {}) const { return import_tables(folder_.path(), options); }
  std::string error() const {
    return error_of([&] { import(); });
  }
  std::string place(const std::string& file) const { return (folder_ / file).string(); }

  TemporaryFolder folder_;
};

TEST_F(ImportTables, TakesInCreatorsWhosePastIsKnown) {
  const auto [world, report] = import();
  EXPECT_THAT(world.genres, ElementsAre("Art", "Games", "Music"));
  EXPECT_EQ(world.creators.size(), 2U);
  EXPECT_THAT(interests(world, 0), ElementsAre("Art", "Music"));
  EXPECT_THAT(report.notes, ElementsAre(StartsWith("1 creators are left out")));
}

TEST_F(ImportTables, ReadsInteractionsWithAndWithoutTheirCreator) {
  folder_.write("interactions.csv", "user_id,creator_id,genre\n9,5,Games\n7,,\n7,1,Art\n");
  const auto world = import().world;
  ASSERT_EQ(world.past_clicks.size(), 3U);
  EXPECT_EQ(world.past_clicks[0].creator, no_creator);
  EXPECT_EQ(world.past_clicks[1].creator, 0U);
  EXPECT_EQ(world.past_clicks[2].user, 1U);
}

TEST_F(ImportTables, ReadsParquetToo) {
  std::filesystem::remove(folder_ / "users.csv");
  Duckdb db;
  db.execute("COPY (SELECT 7 AS user_id, ['Music'] AS interests) TO " + sql_string(place("users.parquet")));
  EXPECT_THAT(interests(import().world, 0), ElementsAre("Music"));
}

TEST_F(ImportTables, NamesFileLineAndColumnOfABrokenRow) {
  folder_.write("users.csv", "user_id,interests\n7,Music\n9,Gamse\n");
  EXPECT_THAT(error(),
              AllOf(StartsWith(place("users.csv") + ":3: column 'interests' = 'Gamse': "),
                    HasSubstr("did you mean 'Games'?"), EndsWith("(--skip-bad-rows leaves such rows out)")));
  folder_.write("users.csv", "user_id,interests\n7,Music\n7,Art\n");
  EXPECT_THAT(error(), StartsWith(place("users.csv") + ":3: column 'user_id' = '7': is there already"));
  folder_.write("users.csv", "user_id,interests\n7,\n");
  EXPECT_THAT(error(), StartsWith(place("users.csv") + ":2: column 'interests' = '': must not be empty"));
  folder_.write("users.csv", "user_id,interests\n7,Music\n8\n");
  EXPECT_THAT(error(), StartsWith(place("users.csv") + ":3: column 'interests': "));
  folder_.write("users.csv", "user_id,interests\n");
  EXPECT_THAT(error(), StartsWith(place("users.csv") + ": holds no user"));
  folder_.write("users.csv", "user_id,interest\n7,Music\n");
  EXPECT_THAT(error(), HasSubstr("no column 'interests'; did you mean 'interest'?"));
}

TEST_F(ImportTables, NamesBadCountsAndCreatorsWithoutGenre) {
  const auto genres = [&](const std::string& rows) {
    folder_.write("creator_genre.csv", "creator_id,genre,count\n5,Games,7\n2,Art,1\n" + rows);
    return error();
  };
  EXPECT_THAT(genres("1,Music,-3\n"),
              StartsWith(place("creator_genre.csv") + ":4: column 'count' = '-3': must be at least 1"));
  EXPECT_THAT(genres("1,Music,nan\n"), HasSubstr("must be a finite number"));
  EXPECT_THAT(genres("1,Music,1.5\n"), HasSubstr("must be a whole number"));
  EXPECT_THAT(genres("1,Music,1\n1,Music,1\n"), HasSubstr("is there already for this creator"));
  EXPECT_THAT(genres("33,Music,1\n"), HasSubstr("column 'creator_id' = '33': is no creator"));
  EXPECT_THAT(genres(""), StartsWith(place("creators.csv") + ":2: column 'creator_id' = '1': has no genre"));
}

TEST_F(ImportTables, SkipsAndCountsBadRowsWhenAsked) {
  folder_.write("users.csv", "user_id,interests\n7,Music\nbroken\n8,Gamse\n9,Art,too,many\n10,Games\n");
  const auto [world, report] = import({.skip_bad_rows = true});
  EXPECT_EQ(world.users.size(), 2U);
  EXPECT_EQ(report.rows_skipped, 3U);
  EXPECT_THAT(report.first_skipped,
              testing::Contains(HasSubstr("users.csv:4: column 'interests' = 'Gamse'")));
}

TEST_F(ImportTables, NamesTheMissingFile) {
  std::filesystem::rename(folder_ / "creator_genre.csv", folder_ / "creator_genres.csv");
  EXPECT_THAT(
      error(),
      HasSubstr("has no creator_genre.csv or creator_genre.parquet; did you mean 'creator_genres.csv'?"));
}

TEST_F(ImportTables, TakesActivityFromFrequenciesByCreatorOrDrawn) {
  folder_.write("creation_frequency.csv", "creator_id,frequency\n1,0.125\n5,3\n");
  EXPECT_THAT(import({.activity_from_frequency = true}).world.creators.activity, ElementsAre(0.125, 1.0));
  folder_.write("creation_frequency.csv", "videos_per_day\n0.25\n");
  EXPECT_THAT(import({.activity_from_frequency = true}).world.creators.activity, ElementsAre(0.25, 0.25));
  EXPECT_THAT(import().world.creators.activity, ElementsAre(0.5, 0.5));
}

std::filesystem::path shared_data() {
  const char* named = std::getenv("PERENNIAL_SHARED");
  return std::filesystem::path(named ? named : PERENNIAL_SOURCE_DIR "/../shared") / "data";
}

TEST(ImportRealData, YoutubeTablesGiveTheKnownFactsInUnderTwoSeconds) {
  const auto folder = shared_data() / "youtube";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "needs the real data in " << folder;
  const auto begin = std::chrono::steady_clock::now();
  const auto [world, report] = import_tables(folder, {.name = "real"});
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(spent.count(), 2.0);
  EXPECT_EQ(world.users.size(), 1321U);
  EXPECT_EQ(world.creators.size(), 402U);
  EXPECT_EQ(world.genres.size(), 15U);
  EXPECT_EQ(report.rows_skipped, 0U);
  const auto s = statistics_of(world);
  EXPECT_NEAR(mean_count(s.interests_per_user), 1.51, 0.005);
  EXPECT_NEAR(s.shared_interest, 0.22, 0.005);
  EXPECT_NEAR(s.genres_per_creator[0], 0.80, 0.005);
}

// Amazon Reviews 2023.

class ImportAmazon : public ::testing::Test {
 protected:
  ImportAmazon() {
    folder_.write(
        "meta.jsonl",
        "{\"parent_asin\": \"a\", \"store\": \"Sony\", \"categories\": [\"Games\", \"PS4\", \"Pads\"], "
        "\"title\": \"x\"}\n"
        "{\"parent_asin\": \"b\", \"store\": \"Sony\", \"categories\": [\"Games\", \"PS5\"]}\n"
        "{\"parent_asin\": \"c\", \"store\": null, \"categories\": [\"Games\", \"PS5\"]}\n"
        "{\"parent_asin\": \"d\", \"store\": \"Nintendo\", \"categories\": [\"Games\", \"Switch\"]}\n"
        "{\"parent_asin\": \"e\", \"store\": \"Nintendo\", \"categories\": []}\n");
    folder_.write(
        "reviews.jsonl",
        "{\"user_id\": \"v\", \"parent_asin\": \"d\", \"rating\": 5.0}\n{\"user_id\": \"u\", "
        "\"parent_asin\": \"a\"}\n"
        "{\"user_id\": \"u\", \"parent_asin\": \"b\"}\n{\"user_id\": \"u\", \"parent_asin\": \"c\"}\n"
        "{\"user_id\": \"w\", \"parent_asin\": \"e\"}\n{\"user_id\": \"w\", \"parent_asin\": \"gone\"}\n");
  }
  Imported import(const AmazonOptions& amazon, const ImportOptions& options = {}) const {
    return import_amazon(folder_ / "meta.jsonl", folder_ / "reviews.jsonl", amazon, options);
  }
  std::string error() const {
    return error_of([&] { import({.least_reviews = 1}); });
  }
  std::string place(const std::string& file) const { return (folder_ / file).string(); }

  TemporaryFolder folder_;
};

TEST_F(ImportAmazon, JoinsReviewsWithStoresAndCategories) {
  const auto [world, report] = import({.least_reviews = 1});
  EXPECT_THAT(world.genres, ElementsAre("PS4", "PS5", "Switch"));
  EXPECT_EQ(world.creators.size(), 2U);
  ASSERT_EQ(world.users.size(), 2U);
  EXPECT_THAT(interests(world, 0), ElementsAre("PS4", "PS5"));
  EXPECT_THAT(interests(world, 1), ElementsAre("Switch"));
  ASSERT_EQ(world.past_clicks.size(), 3U);
  EXPECT_EQ(world.past_clicks[0].creator, 1U);
  EXPECT_EQ(report.notes.size(), 4U);
  EXPECT_EQ(report.rows_read, 11U);
}

TEST_F(ImportAmazon, LevelAndLeastReviewsDecideWhatAnInterestIs) {
  EXPECT_THAT(import({.category_level = 1, .least_reviews = 3}).world.genres, ElementsAre("Games"));
  EXPECT_THAT(interests(import({.least_reviews = 2}).world, 0), ElementsAre("PS5"));
  EXPECT_THAT(error_of([&] { import({.least_reviews = 50}); }), HasSubstr("reviews.jsonl: holds no user"));
  EXPECT_THAT(error_of([&] { import({.category_level = 0}); }),
              HasSubstr("category_level = 0: must be at least 1"));
}

TEST_F(ImportAmazon, NamesFileLineAndColumnOfABrokenRow) {
  folder_.write("reviews.jsonl",
                "{\"user_id\": \"v\", \"parent_asin\": \"d\"}\n\n{\"user_id\": \"u\", \"parent");
  EXPECT_THAT(error(), StartsWith(place("reviews.jsonl") + ":3:"));
  folder_.write("reviews.jsonl", "{\"userid\": \"v\", \"parent_asin\": \"d\"}\n");
  EXPECT_THAT(error(), StartsWith(place("reviews.jsonl") + ":1: has no \"user_id\"; it has \"userid\""));
  folder_.write("reviews.jsonl", "{\"user_id\": 7, \"parent_asin\": \"d\"}\n");
  EXPECT_THAT(error(), HasSubstr("\"user_id\" = 7: must be text"));
  folder_.write("reviews.jsonl", "[]\n");
  EXPECT_THAT(error(), HasSubstr("must be an object"));
  folder_.write("meta.jsonl", "{\"parent_asin\": \"a\"}\n{\"parent_asin\": \"a\"}\n");
  folder_.write("reviews.jsonl", "");
  EXPECT_THAT(error(), HasSubstr("meta.jsonl:2: \"parent_asin\" = 'a': is there already"));
  EXPECT_THAT(error_of([&] { import_amazon(folder_ / "no.jsonl", folder_ / "reviews.jsonl", {}, {}); }),
              HasSubstr("no.jsonl: cannot be read"));
}

TEST_F(ImportAmazon, BadLinesDoNotTakeTheirNeighboursAlong) {
  folder_.write(
      "reviews.jsonl",
      "{\"user_id\": \"v\", \"parent_asin\":\nnot json\n{\"user_id\": \"v\", \"parent_asin\": \"d\"}\n"
      "{\"user_id\": \"u\", \"parent_asin\": \"a\"}\n{\"rating\": 1}\n");
  const auto [world, report] = import({.least_reviews = 1}, {.skip_bad_rows = true});
  EXPECT_EQ(world.users.size(), 2U);
  EXPECT_EQ(report.rows_skipped, 3U);
}

}  // namespace
}  // namespace perennial
