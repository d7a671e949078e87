#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/temporary_folder.h"
#include "world/import.h"
#include "world/import_for_tests.h"

namespace perennial {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

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
