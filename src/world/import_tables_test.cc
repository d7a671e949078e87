#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/duckdb.h"
#include "io/temporary_folder.h"
#include "paths_for_tests.h"
#include "world/import.h"
#include "world/import_for_tests.h"
#include "world/statistics.h"

namespace perennial {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

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

TEST(ImportRealData, YoutubeTablesGiveTheKnownFacts) {
  const auto folder = shared_data() / "youtube";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "needs the real data in " << folder;
  const auto [world, report] = import_tables(folder, {.name = "real"});
  EXPECT_EQ(world.users.size(), 1321U);
  EXPECT_EQ(world.creators.size(), 402U);
  EXPECT_EQ(world.genres.size(), 15U);
  EXPECT_EQ(report.rows_skipped, 0U);
  const auto s = statistics_of(world);
  EXPECT_NEAR(mean_count(s.interests_per_user), 1.51, 0.005);
  EXPECT_NEAR(s.shared_interest, 0.22, 0.005);
  EXPECT_NEAR(s.genres_per_creator[0], 0.80, 0.005);
}

}  // namespace
}  // namespace perennial
