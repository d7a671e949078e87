#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.h"
#include "io/json_file.h"
#include "io/temporary_folder.h"
#include "io/text_file.h"

namespace perennial {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct Said {
  int status;
  std::string out, err;
};

/// Runs `perennial world ..` in this process.
Said world(std::vector<std::string> words) {
  words.insert(words.begin(), {"perennial", "world"});
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int status = run_program(static_cast<int>(words.size()), argv.data());
  std::fflush(stdout);
  return {status, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

void write_tables(const TemporaryFolder& folder) {
  std::filesystem::create_directory(folder / "data");
  folder.write("data/users.csv", "user_id,interests\n1,Music\n2,Music|Games\n3,Games\nx\n");
  folder.write("data/creators.csv", "creator_id\n1\n2\n");
  folder.write("data/creator_genre.csv", "creator_id,genre,count\n1,Music,3\n2,Games,4\n");
}

TEST(WorldCommand, ListsTheBuiltInWorlds) {
  EXPECT_THAT(world({"list"}).out, AllOf(HasSubstr("youtube"), HasSubstr("amazon-video-games")));
  EXPECT_EQ(parse_json(world({"list", "--json"}).out, "list").size(), 2U);
}

TEST(WorldCommand, DescribesAWorldBesideTheRealOne) {
  const auto said = world({"describe", "youtube", "--users", "500", "--creators", "200"});
  EXPECT_EQ(said.status, 0);
  EXPECT_THAT(said.out, AllOf(HasSubstr("500 users, 200 creators"), HasSubstr("against the real world"),
                              HasSubstr("off by")));
  const auto json = parse_json(world({"describe", "youtube", "--users", "500", "--json"}).out, "describe");
  EXPECT_EQ(json["users"], 500);
  EXPECT_EQ(json["real"]["two_users_share_an_interest"], 0.22);
  EXPECT_NEAR(json["statistics"]["two_users_share_an_interest"].get<double>(), 0.22, 0.05);
}

TEST(WorldCommand, ImportsThenDescribesThenFitsThenDescribesTheFit) {
  const TemporaryFolder folder;
  write_tables(folder);
  const auto out = (folder / "mine").string();
  const auto imported =
      world({"import", "tables", (folder / "data").string(), "--out", out, "--skip-bad-rows"});
  EXPECT_EQ(imported.status, 0) << imported.err;
  EXPECT_THAT(imported.out, AllOf(HasSubstr("3 users, 2 creators, 2 genres"), HasSubstr("1 bad rows skipped"),
                                  HasSubstr("users.csv:5")));
  EXPECT_THAT(world({"describe", out}).out, HasSubstr("mine (imported): 3 users"));
  const auto generator = (folder / "mine.toml").string();
  EXPECT_EQ(world({"fit", out, "--out", generator}).status, 0);
  EXPECT_THAT(world({"describe", generator, "--users", "40"}).out, HasSubstr("mine (generated): 40 users"));
  EXPECT_THAT(world({"fit", out, "--out", generator}).err, HasSubstr("--force replaces it"));
}

TEST(WorldCommand, ABadRowStopsTheImportAndLeavesNoFolder) {
  const TemporaryFolder folder;
  write_tables(folder);
  const auto said =
      world({"import", "tables", (folder / "data").string(), "--out", (folder / "mine").string()});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, AllOf(HasSubstr("users.csv:5: "), HasSubstr("--skip-bad-rows")));
  EXPECT_FALSE(std::filesystem::exists(folder / "mine"));
}

TEST(WorldCommand, NamesTheNearestOfWhatItDoesNotKnow) {
  EXPECT_THAT(world({"descibe", "youtube"}).err, HasSubstr("did you mean 'describe'?"));
  EXPECT_THAT(world({"describe", "yutube"}).err, HasSubstr("did you mean 'youtube'?"));
  EXPECT_THAT(world({"import", "jsn"}).err, HasSubstr("did you mean 'json'?"));
  EXPECT_THAT(world({}).err, HasSubstr("world needs a command: list, describe, import, fit"));
  EXPECT_EQ(world({"describe", "youtube", "--users", "-5"}).status, 2);
  EXPECT_EQ(world({"describe", "youtube", "--users", "99999999999"}).status, 2);
}

}  // namespace
}  // namespace perennial
