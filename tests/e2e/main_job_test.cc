#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/table_file.h"
#include "program.h"

namespace perennial {
namespace {

using testing::HasSubstr;

constexpr const char* small_job = "compare --policies silent,random,oracle --rounds 12 --seeds 2 ";

std::string hash_in(const std::filesystem::path& folder) {
  return nlohmann::json::parse(slurp(folder / "summary.json")).at("result_hash");
}

TEST(MainJob, LeavesASummaryTablesAReportAndItsConfig) {
  const Scratch scratch;
  const auto outcome = perennial_says(scratch, std::string(small_job) + "--out out");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("report.html"));
  EXPECT_THAT(outcome.err, HasSubstr("compare"));
  const auto summary = nlohmann::json::parse(slurp(scratch / "out/summary.json"));
  EXPECT_EQ(summary.at("command"), "compare");
  EXPECT_EQ(summary.at("policies").size(), 3);
  EXPECT_EQ(summary.at("policies")[2].at("versus").at("silent").at("clicks_per_round").count("ci95"), 1);
  EXPECT_EQ(read_parquet(scratch / "out/rounds.parquet").rows(), 3 * 2 * 12);
  EXPECT_EQ(read_parquet(scratch / "out/creators.parquet").rows(), 3 * 2 * 50);
  EXPECT_THAT(slurp(scratch / "out/report.html"), HasSubstr("oracle"));
}

TEST(MainJob, RepeatsToTheByteFromItsOwnConfigAtAnyNumberOfThreads) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(small_job) + "--setting craft --threads 1 --out a").status,
            0);
  for (const std::string threads : {"2", "3", "7"}) {
    ASSERT_EQ(
        perennial_says(scratch, "compare --config a/config.toml --threads " + threads + " --out b").status,
        0);
    EXPECT_EQ(hash_in(scratch / "a"), hash_in(scratch / "b")) << threads << " threads";
    EXPECT_EQ(slurp(scratch / "a/config.toml"), slurp(scratch / "b/config.toml"));
  }
}

TEST(MainJob, PrintsTheSummaryAsJson) {
  const Scratch scratch;
  const auto outcome = perennial_says(scratch, std::string(small_job) + "--json --out out");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(nlohmann::json::parse(outcome.out), nlohmann::json::parse(slurp(scratch / "out/summary.json")));
}

TEST(Simulate, ResumedRunEqualsTheUninterruptedOne) {
  const Scratch scratch;
  ASSERT_EQ(
      perennial_says(scratch, "simulate --policy water-filling --rounds 20 --seed 4 --out whole").status, 0);
  ASSERT_EQ(perennial_says(scratch, "simulate --policy water-filling --rounds 9 --seed 4 --out parts").status,
            0);
  ASSERT_EQ(perennial_says(scratch, "simulate --resume parts --rounds 20").status, 0);
  EXPECT_EQ(hash_in(scratch / "whole"), hash_in(scratch / "parts"));
}

TEST(Simulate, RepeatsToTheByteFromItsOwnConfig) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, "simulate --policy random --rounds 10 --seed 4 --out a").status, 0);
  ASSERT_EQ(perennial_says(scratch, "simulate --config a/config.toml --out b").status, 0);
  EXPECT_EQ(hash_in(scratch / "a"), hash_in(scratch / "b"));
}

TEST(Simulate, ForkSharesThePastAndGoesItsOwnWay) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, "simulate --policy silent --rounds 10 --seed 4 --out trunk").status, 0);
  const auto forked =
      perennial_says(scratch, "simulate --fork trunk --policy random --rounds 20 --out branch");
  ASSERT_EQ(forked.status, 0) << forked.err;
  const auto same = perennial_says(scratch, "simulate --fork trunk --policy silent --rounds 20 --out same");
  ASSERT_EQ(same.status, 0) << same.err;
  ASSERT_EQ(perennial_says(scratch, "simulate --policy silent --rounds 20 --seed 4 --out whole").status, 0);
  EXPECT_EQ(hash_in(scratch / "same"), hash_in(scratch / "whole"));
  const auto trunk = read_parquet(scratch / "trunk/rounds.parquet"),
             branch = read_parquet(scratch / "branch/rounds.parquet");
  const auto whole = read_parquet(scratch / "whole/rounds.parquet");
  for (std::size_t round = 0; round < 20; ++round) {
    if (round < 10) {
      EXPECT_EQ(branch.reals("clicks")[round], trunk.reals("clicks")[round]);
    }
    EXPECT_EQ(branch.reals("active_users")[round], whole.reals("active_users")[round])
        << "arrivals share their coins";
  }
  EXPECT_NE(hash_in(scratch / "branch"), hash_in(scratch / "whole"));
}

TEST(Interrupt, FinishesTheRoundSavesAndSaysHowToGoOn) {
  const Scratch scratch;
  const auto outcome =
      interrupted(scratch, "compare --policies silent,random --rounds 100000 --seeds 2 --out out", "1");
  EXPECT_EQ(outcome.status, 130);
  EXPECT_THAT(sentence_of(outcome), HasSubstr("perennial compare --resume out"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "out/summary.json"));
  EXPECT_TRUE(std::filesystem::exists(scratch / "out/unfinished/silent-1.run"));
}

TEST(Interrupt, ResumedComparisonEqualsTheUninterruptedOne) {
  const Scratch scratch;
  const std::string job = "compare --policies silent,random --rounds 1500 --seeds 3 --threads 2 ";
  interrupted(scratch, job + "--out parts", "0.4");
  if (std::filesystem::exists(scratch / "parts/unfinished")) {
    ASSERT_EQ(perennial_says(scratch, "compare --resume parts").status, 0);
  }
  ASSERT_EQ(perennial_says(scratch, job + "--out whole").status, 0);
  EXPECT_EQ(hash_in(scratch / "parts"), hash_in(scratch / "whole"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "parts/unfinished"));
}

}  // namespace
}  // namespace perennial
