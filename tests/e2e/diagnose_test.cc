#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.h"

namespace perennial {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

void write(const Scratch& scratch, const std::string& name, const std::string& text) {
  const auto path = scratch / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

TEST(Diagnose, AnswersWhatLogsCanAnswerAndSaysWhyNotTheRest) {
  Scratch scratch;
  write(scratch, "logs/posts.csv", "creator_id,created_at\na,1\na,11\nb,1\nb,11\n");
  write(scratch, "logs/likes.csv",
        "creator_id,user_id,created_at\na,u,2\na,u,12\na,v,19\nb,w,2\nb,w,12\nb,w,13\n");
  const auto said = perennial_says(scratch, "diagnose --logs logs --period 10 --json --out d");
  ASSERT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(said.out, slurp(scratch / "d/summary.json"));
  EXPECT_THAT(slurp(scratch / "d/report.html"), HasSubstr("Spillover between users"));
  EXPECT_TRUE(std::filesystem::exists(scratch / "d/conditions.parquet"));
  const auto json = nlohmann::json::parse(said.out);
  EXPECT_EQ(json["conditions"]["spillover"]["others_share"]["mean"], .25);
  EXPECT_EQ(json["conditions"]["content_gap"]["why_not"], "there is no table impressions");
  EXPECT_EQ(json["verdict"], "insufficient-data");
  EXPECT_THAT(perennial_says(scratch, "diagnose --logs logs --period 10").out,
              StartsWith("Verdict: cannot be told from these tables."));
}

TEST(Diagnose, EndsBadInputWithOneSentenceAndLeavesNothingBehind) {
  Scratch scratch;
  write(scratch, "logs/likes.csv", "creator_id,user_id,created_at\na,u,2\n");
  write(scratch, "panel.csv", "creator_id,posts\na,1\nb,2\n");
  const auto refuses = [&](const std::string& flags, const std::string& sentence) {
    const auto said = perennial_says(scratch, "diagnose --out d " + flags);
    EXPECT_EQ(said.status, 2) << flags;
    EXPECT_THAT(said.err, HasSubstr(sentence));
    EXPECT_FALSE(std::filesystem::exists(scratch / "d"));
  };
  refuses("", "give --logs (tables of events), --table (one row per creator) or both");
  refuses("--logs logs --period soon", "--period soon: must be a time above 0");
  refuses("--logs logs --period 10", "a period with a later one");
  refuses("--logs nowhere", "nowhere");
  refuses("--table panel.csv --outcome post", "no column 'post'; did you mean 'posts'?");
}

}  // namespace
}  // namespace perennial
