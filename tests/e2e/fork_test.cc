#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/table_file.h"
#include "program.h"

namespace perennial {
namespace {

using testing::HasSubstr;

constexpr const char* simulate = "simulate --policy water-filling --users 40 --creators 20 --seed 4 ";

nlohmann::json summary_in(const std::filesystem::path& folder) {
  return nlohmann::json::parse(slurp(folder / "summary.json"));
}

TEST(Fork, LeavesASummaryTablesAReportAndItsConfig) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(simulate) + "--rounds 20 --out run").status, 0);
  const auto outcome = perennial_says(
      scratch, "fork --run run --at 12 --policies water-filling,silent --rounds 8 --futures 3 --out what-if");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("silent instead of water-filling from round 13 on"));
  const auto summary = summary_in(scratch / "what-if");
  EXPECT_EQ(summary.at("command"), "fork");
  EXPECT_EQ(summary.at("at"), 12);
  EXPECT_EQ(summary.at("paths").size(), 2);
  EXPECT_TRUE(summary.at("paths")[0].at("is_the_runs_own"));
  EXPECT_TRUE(
      summary.at("paths")[1].at("versus").at("water-filling").at("clicks_per_round").at("ci95").is_array());
  const auto rounds = read_parquet(scratch / "what-if/rounds.parquet");
  EXPECT_EQ(rounds.rows(), 2 * 3 * 8);
  EXPECT_EQ(rounds.integers("round").front(), 13);
  EXPECT_EQ(read_parquet(scratch / "what-if/creators.parquet").rows(), 2 * 3 * 20);
  EXPECT_THAT(slurp(scratch / "what-if/report.html"), HasSubstr("Who gained and who lost"));
  // What followed in the run is the first future of its own policy.
  const auto run = read_parquet(scratch / "run/rounds.parquet");
  for (std::size_t r = 0; r < 8; ++r) EXPECT_EQ(rounds.reals("clicks")[r], run.reals("clicks")[12 + r]);
}

TEST(Fork, OfOneFutureHasNoIntervalsAndSaysSo) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(simulate) + "--rounds 6 --out run").status, 0);
  const auto outcome =
      perennial_says(scratch, "fork --run run --policies silent,random --rounds 4 --at 6 --out out");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("one future: no intervals"));
  EXPECT_TRUE(summary_in(scratch / "out").at("paths")[0].at("clicks_per_round").at("ci95").is_null());
  EXPECT_THAT(slurp(scratch / "out/report.html"), HasSubstr("One future was played"));
}

TEST(Fork, ValuesLeaveASummaryATableAndAReport) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(simulate) + "--rounds 6 --out run").status, 0);
  for (const std::string what : {"suggestions", "impressions"}) {
    const auto outcome = perennial_says(
        scratch, "fork value " + what + " --run run --rounds 4 --futures 2 --creators 3 --out " + what);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    const auto summary = summary_in(scratch / what);
    EXPECT_EQ(summary.at("command"), "fork value");
    EXPECT_EQ(summary.at("what"), what);
    EXPECT_GT(read_parquet(scratch / what / "values.parquet").rows(), 0U);
    EXPECT_THAT(slurp(scratch / what / "report.html"), HasSubstr("How this was measured"));
  }
  EXPECT_THAT(slurp(scratch / "impressions/report.html"), HasSubstr("do not respond to being seen"));
}

TEST(Fork, ValuesStoppedHalfwayTellWhatTheFuturesPlayedSay) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(simulate) + "--rounds 6 --out run").status, 0);
  const auto outcome = interrupted(
      scratch, "fork value suggestions --run run --rounds 2 --creators 2 --futures 100000 --out out", "1");
  EXPECT_EQ(outcome.status, 130) << outcome.err;
  EXPECT_THAT(sentence_of(outcome), HasSubstr("of 100000 futures; what they say is in out"));
  const auto summary = summary_in(scratch / "out");
  EXPECT_LT(summary.at("futures"), 100000);
  EXPECT_EQ(read_parquet(scratch / "out/values.parquet").rows(),
            summary.at("suggestions").size() * summary.at("futures").get<std::size_t>());
}

TEST(Fork, StoppedLeavesNothing) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(simulate) + "--rounds 6 --out run").status, 0);
  for (const std::string call : {"fork --run run --policies silent --rounds 1000000 --out out",
                                 "fork value suggestions --run run --rounds 100000 --out out"}) {
    const auto outcome = interrupted(scratch, call, "1");
    EXPECT_EQ(outcome.status, 130) << outcome.err;
    EXPECT_THAT(sentence_of(outcome), HasSubstr("nothing was written to out"));
    EXPECT_FALSE(std::filesystem::exists(scratch / "out"));
  }
}

/// A call that is refused, and words of the sentence that says why.
struct Refused {
  std::string arguments;
  int status;
  std::string words;
};

TEST(Fork, RefusesWhatCannotBeWithOneSentence) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(simulate) + "--rounds 6 --out run").status, 0);
  ASSERT_EQ(
      perennial_says(scratch, "compare --policies silent --users 20 --rounds 3 --seeds 1 --out compared")
          .status,
      0);
  std::filesystem::create_directory(scratch / "old");
  std::filesystem::copy(scratch / "run/config.toml", scratch / "old/config.toml");
  auto state = slurp(scratch / "run/run.state");
  const auto version = state.find("\"version\":\"");
  ASSERT_NE(version, std::string::npos);
  state[version + 11] = '9';
  std::ofstream(scratch / "old/run.state", std::ios::binary) << state;
  for (const Refused& refused : std::vector<Refused>{
           {"fork --run nowhere --policies silent --out out", 2, "nowhere: no such folder"},
           {"fork --run compared --policies silent --out out", 2, "holds no saved run"},
           {"fork --run run --policies silent", 2, "--out DIR"},
           {"fork --run run --out out", 2, "give --policies"},
           {"fork --run run --at 0 --policies silent --out out", 2,
            "--at 0: must be a round of run, from 1 to 6"},
           {"fork --run run --at 7 --policies silent --out out", 2,
            "--at 7: must be a round of run, from 1 to 6"},
           {"fork --run run --policies sillent --out out", 2, "did you mean 'silent'?"},
           {"fork --run run --policies silent,silent --out out", 2, "'silent' stands there twice"},
           {"fork --run run --policies silent --rounds 0 --out out", 2, "--rounds"},
           {"fork --run run --policies silent --futures 0 --out out", 2, "--futures"},
           {"fork --run run --policies lore-d@nowhere --out out", 2, "nowhere"},
           {"fork --run old --policies silent --out out", 2, "old/run.state"},
           {"fork --run run --policies silent --out run", 2, "holds a 'simulate' of Perennial's"},
           {"fork value --run run --out out", 2, "subcommand"},
           {"fork value suggestions --run run --policy sillent --out out", 2, "did you mean 'silent'?"},
           {"fork value suggestions --run run --discount 0 --out out", 2, "--discount"},
           {"fork value suggestions --run run --at 7 --out out", 2,
            "--at 7: must be a round of run, from 1 to 6"},
           {"fork value impressions --run run --factor 1 --out out", 2, "--factor"}}) {
    const auto outcome = perennial_says(scratch, refused.arguments);
    EXPECT_EQ(outcome.status, refused.status) << refused.arguments << "\n" << outcome.err;
    EXPECT_THAT(sentence_of(outcome), HasSubstr(refused.words)) << refused.arguments;
    EXPECT_FALSE(std::filesystem::exists(scratch / "out")) << refused.arguments;
  }
}

}  // namespace
}  // namespace perennial
