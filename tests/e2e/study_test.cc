#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/table_file.h"
#include "program.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string own_study = std::string(PERENNIAL_SOURCE_DIR) + "/examples/own-study.toml";

nlohmann::json summary_in(const std::filesystem::path& folder) {
  return nlohmann::json::parse(slurp(folder / "summary.json"));
}

/// The kept results with their times of writing.
std::map<std::string, std::filesystem::file_time_type> results_in(const std::filesystem::path& cells) {
  std::map<std::string, std::filesystem::file_time_type> results;
  if (!std::filesystem::exists(cells)) return results;
  for (const auto& entry : std::filesystem::directory_iterator(cells)) {
    if (entry.path().extension() == ".result") results[entry.path().filename()] = entry.last_write_time();
  }
  return results;
}

TEST(Study, PlaysAFileAndJudgesItsClaims) {
  const Scratch scratch;
  const auto outcome = perennial_says(scratch, "study '" + own_study + "' --out own");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("cannot be tested here"), HasSubstr("report.html")));
  const auto summary = summary_in(scratch / "own");
  EXPECT_EQ(summary.at("command"), "study");
  EXPECT_EQ(summary.at("worlds").size(), 2);
  EXPECT_EQ(summary.at("worlds")[0].at("arms")[2].at("published").at("clicks_per_round"), 31);
  EXPECT_EQ(summary.at("worlds")[0].at("arms")[2].count("last5_clicks_per_round"), 1);
  EXPECT_EQ(summary.at("claims")[0].at("comparisons").size(), 4);
  EXPECT_EQ(summary.at("claims")[2].at("verdict"), "cannot be tested here");
  const auto rounds = read_parquet(scratch / "own/rounds.parquet");
  EXPECT_EQ(rounds.rows(), 2 * 3 * 3 * 12);
  EXPECT_EQ(rounds.texts("world").back(), "open");
  EXPECT_EQ(rounds.texts("arm").back(), "water-filling");
  EXPECT_THAT(slurp(scratch / "own/report.html"), HasSubstr("an example"));
}

TEST(Study, GivesTheSameResultAtAnyNumberOfThreads) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, "study '" + own_study + "' --threads 1 --out a").status, 0);
  ASSERT_EQ(perennial_says(scratch, "study '" + own_study + "' --threads 3 --out b").status, 0);
  EXPECT_EQ(summary_in(scratch / "a").at("result_hash"), summary_in(scratch / "b").at("result_hash"));
}

TEST(Study, IsStoppedAndGoesOnWithoutPlayingFinishedRunsAgain) {
  const Scratch scratch;
  const std::string job = "study '" + own_study + "' --threads 1 --rounds 6000 --seeds 2 ";
  ASSERT_EQ(perennial_says(scratch, job + "--out whole").status, 0);
  const auto stopped = interrupted(scratch, job + "--out parts", "1");
  ASSERT_EQ(stopped.status, 130) << stopped.err;
  EXPECT_THAT(sentence_of(stopped), HasSubstr("--resume parts"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "parts/summary.json"));
  const auto before = results_in(scratch / "parts/cells");
  const auto resumed = perennial_says(scratch, job + "--resume parts");
  ASSERT_EQ(resumed.status, 0) << resumed.err;
  const auto after = results_in(scratch / "parts/cells");
  for (const auto& [name, written] : before) EXPECT_EQ(after.at(name), written) << name;
  const auto summary = summary_in(scratch / "parts");
  EXPECT_EQ(summary.at("runs_kept"), before.size());
  EXPECT_EQ(summary.at("result_hash"), summary_in(scratch / "whole").at("result_hash"));
  EXPECT_THAT(summary.at("overrides")[0].get<std::string>(), HasSubstr("6000 rounds instead of 12"));
}

TEST(Study, PlaysOnlyWhatIsNewWhenMoreSeedsAreAskedFor) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, "study '" + own_study + "' --seeds 2 --out own").status, 0);
  ASSERT_EQ(perennial_says(scratch, "study '" + own_study + "' --resume own").status, 0);
  const auto summary = summary_in(scratch / "own");
  EXPECT_EQ(summary.at("runs"), 18);
  EXPECT_EQ(summary.at("runs_kept"), 12);
}

TEST(Reproduce, ListsItsStudiesAndRefusesAnother) {
  const Scratch scratch;
  EXPECT_THAT(perennial_says(scratch, "reproduce --list").out,
              AllOf(HasSubstr("fig4a"), HasSubstr("fig7"), HasSubstr("all")));
  const auto wrong = perennial_says(scratch, "reproduce fig77 --out out");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(sentence_of(wrong), HasSubstr("did you mean 'fig7'?"));
}

/// A slip in a study file and what the sentence about it holds.
struct Slip {
  std::string name, before, after;
  std::vector<std::string> words;
};

void PrintTo(const Slip& slip, std::ostream* out) {
  *out << slip.after;
}

class StudySlip : public testing::TestWithParam<Slip> {};

TEST_P(StudySlip, GetsOneSentenceWithFileAndLine) {
  const Scratch scratch;
  auto text = slurp(own_study);
  const auto at = text.find(GetParam().before);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, GetParam().before.size(), GetParam().after);
  std::ofstream(scratch / "own.toml") << text;
  const auto outcome = perennial_says(scratch, "study own.toml --out out");
  EXPECT_EQ(outcome.status, 2) << outcome.err;
  const auto sentence = sentence_of(outcome);
  EXPECT_THAT(sentence, HasSubstr("own.toml:"));
  for (const auto& word : GetParam().words) EXPECT_THAT(sentence, HasSubstr(word));
  EXPECT_EQ(std::count(sentence.begin(), sentence.end(), '\n'), 1) << sentence;
  EXPECT_FALSE(std::filesystem::exists(scratch / "out"));
}

INSTANTIATE_TEST_SUITE_P(
    EveryKind, StudySlip,
    testing::Values(
        Slip{"Key", "question =", "qestion =", {":4:", "did you mean 'question'?"}},
        Slip{"PlatformKey", "trust.mean", "trust.maen", {":26:", "did you mean 'mean'?"}},
        Slip{"Setting",
             "setting = \"open\"",
             "setting = \"opne\"",
             {"no such setting", "did you mean 'open'?"}},
        Slip{"Policy",
             "policy = \"random\"",
             "policy = \"randon\"",
             {"no such policy", "did you mean 'random'?"}},
        Slip{"Arm",
             "arm = \"water-filling\"",
             "arm = \"water-fling\"",
             {"no such arm of this study", "did you mean 'water-filling'?"}},
        Slip{"World",
             "worlds = \"lockin\"",
             "worlds = \"lokin\"",
             {"no such world of this study", "did you mean 'lockin'?"}},
        Slip{"Metric", "content_diversity_bits", "content_diversity", {"metric", "content_diversity_bits"}},
        Slip{"Rule", "rule = \"greater\"", "rule = \"grater\"", {"rule", "greater"}},
        Slip{"Twice", "name = \"random\"", "name = \"silent\"", {"stands there twice"}},
        Slip{"OneBracket",
             "[[chart]]\nkind = \"curves\"\n\n[[chart]]\nkind = \"bars\"\nmetric = \"clicks\"\n\n[[chart]]",
             "[chart]",
             {"two brackets"}},
        Slip{"NothingToCompareWith", "than = \"silent\"\n", "", {"needs than"}},
        Slip{"Syntax", "rounds = 12", "rounds = ", {":10:"}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace perennial
