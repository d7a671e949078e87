#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/table_file.h"
#include "program.h"

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PanelCommand : public testing::Test {
 protected:
  PanelCommand() {
    std::filesystem::create_directory(scratch_ / "logs");
    std::ofstream(scratch_ / "logs/posts.csv")
        << "creator_id,created_at\na,2026-02-20\na,2026-03-02\nb,2026-02-27\nc,2026-02-11\n";
    std::ofstream(scratch_ / "logs/assignment.csv") << "creator_id,arm\na,treatment\nb,control\n";
  }

  Scratch scratch_;
};

TEST_F(PanelCommand, LeavesATableItsQueryAndASpecThatGivesThemAgain) {
  const auto first =
      perennial_says(scratch_, "panel --events logs --start 2026-03-01 --end 2026-03-15 --out panel --json");
  ASSERT_EQ(first.status, 0) << first.err;
  const auto summary = nlohmann::json::parse(slurp(scratch_ / "panel/summary.json"));
  EXPECT_EQ(nlohmann::json::parse(first.out), summary);
  EXPECT_EQ(summary["creators"], 2);
  EXPECT_EQ(summary["columns"]["outcomes"], nlohmann::json({"posts"}));
  EXPECT_EQ(summary["arms"], nlohmann::json({{"control", 1}, {"treatment", 1}}));
  const auto table = read_parquet(scratch_ / "panel/panel.parquet");
  EXPECT_THAT(table.texts("creator_id"), ElementsAre("a", "b"));
  EXPECT_THAT(table.integers("posts"), ElementsAre(1, 0));
  EXPECT_THAT(table.integers("posts_28d"), ElementsAre(1, 1));

  const auto again = perennial_says(scratch_, "panel --events logs --spec panel/config.toml --out again");
  ASSERT_EQ(again.status, 0) << again.err;
  for (const char* file : {"panel.sql", "summary.json", "config.toml", "panel.parquet"}) {
    EXPECT_EQ(slurp(scratch_ / "again" / file), slurp(scratch_ / "panel" / file)) << file;
  }
}

TEST_F(PanelCommand, RefusesWhatLooksPastTheStartAndWritesNothing) {
  std::ofstream(scratch_ / "late.toml") << "start = \"2026-03-01\"\nend = \"2026-03-15\"\n[[feature]]\nname "
                                           "= \"late\"\nevent = \"posts\"\nto_days = 1\n";
  const auto outcome = perennial_says(scratch_, "panel --events logs --spec late.toml --out panel");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(sentence_of(outcome), HasSubstr("feature 'late' looks past the experiment's start"));
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "panel"));
}

TEST_F(PanelCommand, LeavesAFolderAloneThatIsNotItsOwn) {
  std::filesystem::create_directory(scratch_ / "mine");
  std::ofstream(scratch_ / "mine/letter.txt") << "dear";
  const auto outcome =
      perennial_says(scratch_, "panel --events logs --start 2026-03-01 --end 2026-03-15 --out mine");
  EXPECT_NE(outcome.status, 0);
  EXPECT_THAT(sentence_of(outcome), HasSubstr("mine"));
  EXPECT_EQ(slurp(scratch_ / "mine/letter.txt"), "dear");
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "mine/panel.sql"));
}

}  // namespace
}  // namespace perennial
