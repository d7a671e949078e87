#include "cli/table_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "io/run_folder.h"
#include "io/temporary_folder.h"

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

TableFlags parsed(const std::string& arguments, TableFlags::Kind kind = TableFlags::Kind::experiment) {
  CLI::App app;
  TableFlags flags;
  flags.add_to(app, kind);
  app.parse(arguments);
  return flags;
}

std::string refusal(const std::string& arguments) {
  try {
    parsed(arguments).columns();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(TableFlags, TellTheMeaningOfColumns) {
  const auto columns = parsed(
                           "--table t.csv --treatment segment --arm-values treatment=W,treatment=M,control=N "
                           "--outcome posts,likes --pre posts=posts_before --ignore name --filter 'age > 3'")
                           .columns();
  EXPECT_EQ(columns.arm, "segment");
  EXPECT_THAT(columns.arm_values, UnorderedElementsAre(Pair("W", Arm::treatment), Pair("M", Arm::treatment),
                                                       Pair("N", Arm::control)));
  EXPECT_THAT(columns.outcomes, ElementsAre("posts", "likes"));
  EXPECT_THAT(columns.pre_outcomes, ElementsAre(Pair("posts", "posts_before")));
  EXPECT_THAT(columns.ignored, ElementsAre("name"));
  EXPECT_EQ(columns.filter, "age > 3");
  EXPECT_EQ(columns.creator, "creator_id");
}

TEST(TableFlags, SayWhatIsMissingOrMistyped) {
  EXPECT_THAT(refusal("--table t.csv --outcome posts"), HasSubstr("--arm COLUMN is needed"));
  EXPECT_THAT(refusal("--table t.csv --arm a"), HasSubstr("--outcome COLUMN is needed"));
  EXPECT_THAT(refusal("--table t.csv --arm a --outcome y --arm-values tretment=1"),
              HasSubstr("no arm 'tretment'; did you mean 'treatment'?"));
  EXPECT_THAT(refusal("--table t.csv --arm a --outcome y --arm-values treatment"),
              HasSubstr("--arm-values treatment: must be NAME=VALUE"));
  EXPECT_THAT(refusal("--table t.csv --arm a --outcome y --arm-values treatment=1,control=1"),
              HasSubstr("'1' is mapped twice"));
}

TEST(TableFlags, NeedNoArmToScore) {
  EXPECT_EQ(parsed("--table t.csv --creator id", TableFlags::Kind::to_score).columns().creator, "id");
}

TEST(TableFlags, LearnFromAPanelWhatItsColumnsMean) {
  const TemporaryFolder scratch;
  RunFolder folder(scratch / "panel", "panel");
  folder.write_text("summary.json",
                    "{\"columns\": {\"creator\": \"creator_id\", \"arm\": \"arm\", \"cluster\": \"cluster\", "
                    "\"outcomes\": [\"posts\", \"likes\"], \"pre_outcomes\": {\"posts\": \"posts_before\", "
                    "\"likes\": \"likes_before\"}}}");
  folder.finish();
  for (const auto& table : {folder.path(), folder.path() / "panel.parquet"}) {
    const auto flags = parsed("--outcome posts --table " + table.string());
    const auto columns = flags.columns();
    EXPECT_EQ(columns.arm, "arm");
    EXPECT_EQ(columns.cluster, "cluster");
    EXPECT_THAT(columns.after_treatment, ElementsAre("likes")) << "an outcome is never a feature";
    EXPECT_THAT(columns.pre_outcomes, ElementsAre(Pair("posts", "posts_before")));
    EXPECT_EQ(flags.source_name(), (folder.path() / "panel.parquet").string());
  }
}

}  // namespace
}  // namespace perennial
