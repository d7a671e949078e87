#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "paths_for_tests.h"
#include "program.h"

namespace perennial {
namespace {

using testing::HasSubstr;

constexpr const char* small =
    "study levers --environments lockin,open --users 60 --creators 160 --seeds 2 --rounds 4 --set "
    "levers.warm_up=5 --set levers.experiment_rounds=5 --set levers.leaf_weight=10 "
    "--set levers.multiplier=1.5 ";

TEST(StudyLevers, PlaysWritesAndReplays) {
  const Scratch scratch;
  const auto first = perennial_says(scratch, std::string(small) + "--out first");
  EXPECT_EQ(first.status, 0) << first.err;
  for (const char* file :
       {"report.html", "summary.json", "paths.parquet", "rounds.parquet", "experiments.parquet"})
    EXPECT_TRUE(std::filesystem::exists(scratch / "first" / file)) << file;
  const auto again =
      perennial_says(scratch, "study levers --config first/config.toml --threads 3 --json --out again");
  EXPECT_EQ(again.status, 0) << again.err;
  const auto summary = nlohmann::json::parse(slurp(scratch / "first" / "summary.json"));
  EXPECT_EQ(nlohmann::json::parse(again.out).at("result_hash"), summary.at("result_hash"));
  EXPECT_EQ(slurp(scratch / "again" / "config.toml"), slurp(scratch / "first" / "config.toml"));
}

TEST(StudyLevers, NamesTheNearestEnvironment) {
  const Scratch scratch;
  const auto wrong = perennial_says(scratch, "study levers --environments lokin --out x");
  EXPECT_NE(wrong.status, 0);
  EXPECT_THAT(sentence_of(wrong), HasSubstr("lockin"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "x"));
}

}  // namespace
}  // namespace perennial
