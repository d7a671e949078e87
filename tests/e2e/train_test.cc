#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/table_file.h"
#include "program.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* small_training = "train --policy lore-d --rounds 25 --copies 3 ";

nlohmann::json summary_in(const std::filesystem::path& folder) {
  return nlohmann::json::parse(slurp(folder / "summary.json"));
}

void expect_same_training(const std::filesystem::path& one, const std::filesystem::path& other) {
  EXPECT_EQ(slurp(one / "policy.checkpoint"), slurp(other / "policy.checkpoint"));
  EXPECT_EQ(slurp(one / "training.parquet"), slurp(other / "training.parquet"));
  EXPECT_EQ(summary_in(one).at("result_hash"), summary_in(other).at("result_hash"));
}

TEST(Train, LeavesAPolicyATableASummaryAndAReport) {
  const Scratch scratch;
  const auto outcome = perennial_says(scratch, std::string(small_training) + "--out trained");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("25 of 25"), HasSubstr("clicks "), HasSubstr("silent "),
                                 HasSubstr("random "), HasSubstr("policy loss "), HasSubstr("entropy "),
                                 HasSubstr("clip "), HasSubstr("explained variance ")));
  EXPECT_THAT(outcome.out, HasSubstr("perennial compare --policies random,lore-d@trained"));
  const auto summary = summary_in(scratch / "trained");
  EXPECT_EQ(summary.at("command"), "train");
  EXPECT_EQ(summary.at("seeds"), (std::vector<int>{1000, 1001, 1002}));
  EXPECT_EQ(summary.at("versus").at("random").at("last50_clicks_per_round").at("ci95").size(), 2);
  EXPECT_GT(summary.at("updates"), 0);
  EXPECT_EQ(read_parquet(scratch / "trained/training.parquet").rows(), 25);
  EXPECT_THAT(slurp(scratch / "trained/report.html"), HasSubstr("lore-d"));
  EXPECT_THAT(slurp(scratch / "trained/policy.checkpoint"), HasSubstr(R"("policy":"lore-d")"));
}

TEST(Train, LeavesTheSameBytesAtAnyNumberOfThreadsAndFromItsOwnConfig) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(small_training) + "--threads 1 --out a").status, 0);
  ASSERT_EQ(perennial_says(scratch, "train --config a/config.toml --threads 3 --out b").status, 0);
  expect_same_training(scratch / "a", scratch / "b");
}

TEST(Train, ResumedLeavesTheSameBytesAsUninterrupted) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(small_training) + "--out whole").status, 0);
  ASSERT_EQ(perennial_says(scratch, "train --rounds 13 --copies 3 --out parts").status, 0);
  const auto resumed = perennial_says(scratch, "train --resume parts --rounds 25");
  ASSERT_EQ(resumed.status, 0) << resumed.err;
  expect_same_training(scratch / "whole", scratch / "parts");
}

TEST(Train, InterruptedSavesSaysHowToGoOnAndGoesOnToTheSameBytes) {
  const Scratch scratch;
  const auto stopped = interrupted(scratch, "train --rounds 100000 --copies 2 --out parts", "1");
  EXPECT_EQ(stopped.status, 130);
  EXPECT_THAT(sentence_of(stopped), HasSubstr("perennial train --resume parts"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "parts/summary.json"));
  const auto played = read_parquet(scratch / "parts/training.parquet").rows();
  const auto rounds = std::to_string(played + 7);
  const auto resumed = perennial_says(scratch, "train --resume parts --rounds " + rounds);
  ASSERT_EQ(resumed.status, 0) << resumed.err;
  ASSERT_EQ(perennial_says(scratch, "train --copies 2 --out whole --rounds " + rounds).status, 0);
  expect_same_training(scratch / "whole", scratch / "parts");
}

TEST(Train, WhatItLeftPlaysInAnyWorldAndSetting) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(small_training) + "--out trained").status, 0);
  const std::string job =
      "compare --rounds 12 --seeds 2 --policies random,lore-d,lore-d@trained,lore-d@trained:frozen ";
  for (const std::string where : {"--setting craft", "--world amazon-video-games --creators 70"}) {
    const auto outcome = perennial_says(scratch, job + where + " --out out");
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    const auto policies = summary_in(scratch / "out").at("policies");
    EXPECT_TRUE(policies[0].at("train_seconds_per_round").is_null());
    EXPECT_GT(policies[2].at("train_seconds_per_round"), 0);
    EXPECT_EQ(policies[3].at("name"), "lore-d@trained:frozen");
    EXPECT_EQ(policies[3].at("train_seconds_per_round"), 0);
    ASSERT_EQ(perennial_says(scratch, "compare --config out/config.toml --out again").status, 0);
    EXPECT_EQ(summary_in(scratch / "out").at("result_hash"), summary_in(scratch / "again").at("result_hash"));
  }
}

TEST(Train, WarmStartedGoesOnFromAnotherWorld) {
  const Scratch scratch;
  ASSERT_EQ(perennial_says(scratch, std::string(small_training) + "--out first").status, 0);
  const auto outcome = perennial_says(scratch,
                                      "train --warm-start first --world amazon-video-games --setting open "
                                      "--rounds 12 --copies 2 --out second");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(summary_in(scratch / "second").at("warm_start"), "first");
  EXPECT_EQ(summary_in(scratch / "second").at("policy"), "lore-d");
  ASSERT_EQ(perennial_says(scratch, "train --config second/config.toml --out again").status, 0);
  expect_same_training(scratch / "second", scratch / "again");
}

/// A call that must end with status 2, before any round, and one sentence that holds these words.
struct BadTraining {
  std::string name;
  std::string arguments;
  std::vector<std::string> words;
};

void PrintTo(const BadTraining& call, std::ostream* out) {
  *out << call.arguments;
}

/// Policies of two kinds in folders of their own, and files that are none.
class BadTrainingInput : public testing::TestWithParam<BadTraining> {
 protected:
  static void SetUpTestSuite() {
    scratch_ = new Scratch;
    ASSERT_EQ(perennial_says(*scratch_, "train --rounds 3 --copies 1 --out good").status, 0);
    ASSERT_EQ(perennial_says(*scratch_,
                             "train --policy lore --set policy.lore.hidden=4,4 --rounds 3 --copies 1 "
                             "--out tied")
                  .status,
              0);
    const auto whole = slurp(*scratch_ / "good/policy.checkpoint");
    lay("cut", whole.substr(0, whole.size() / 2));
    auto damaged = whole;
    damaged[whole.size() / 2] = static_cast<char>(damaged[whole.size() / 2] ^ 1);
    lay("damaged", damaged);
    lay("other", slurp(*scratch_ / "good/training.state"));
    lay("text", "weights: 1 2 3\n");
  }
  static void TearDownTestSuite() { delete scratch_; }

  static void lay(const std::string& folder, const std::string& bytes) {
    std::filesystem::create_directory(*scratch_ / folder);
    std::ofstream(*scratch_ / (folder + "/policy.checkpoint"), std::ios::binary) << bytes;
  }

  static Scratch* scratch_;
};

Scratch* BadTrainingInput::scratch_ = nullptr;

TEST_P(BadTrainingInput, GetsOneSentenceAndStatusTwo) {
  const auto outcome = perennial_says(*scratch_, GetParam().arguments);
  EXPECT_EQ(outcome.status, 2) << outcome.err;
  const auto sentence = sentence_of(outcome);
  for (const auto& word : GetParam().words) EXPECT_THAT(sentence, HasSubstr(word));
  EXPECT_EQ(std::count(sentence.begin(), sentence.end(), '\n'), 1) << sentence;
  EXPECT_FALSE(std::filesystem::exists(*scratch_ / "out" / "summary.json"));
}

const std::string play = "compare --rounds 3 --seeds 1 --out out --policies silent,";

INSTANTIATE_TEST_SUITE_P(
    EveryKind, BadTrainingInput,
    testing::Values(
        BadTraining{
            "MissingFolder", play + "lore-d@nowhere", {"nowhere/policy.checkpoint", "no trained policy"}},
        BadTraining{"CutFile", play + "lore-d@cut", {"cut/policy.checkpoint", "cut short"}},
        BadTraining{"DamagedFile", play + "lore-d@damaged", {"damaged/policy.checkpoint", "checksum"}},
        BadTraining{"OtherKind", play + "lore-d@other", {"other/policy.checkpoint", "'run'", "'policy'"}},
        BadTraining{"NoCheckpoint", play + "lore-d@text", {"text/policy.checkpoint", "no checkpoint"}},
        BadTraining{"CannotLearn", play + "random@good", {"random@good", "does not learn", "lore-d"}},
        BadTraining{"Misspelt", play + "lore-e@good", {"did you mean 'lore-d'?"}},
        BadTraining{"MisspeltFrozen", play + "lore-d@good:frosen", {"'frosen'", "'frozen'"}},
        BadTraining{"NoFolderName", play + "lore-d@", {"folder", "missing"}},
        BadTraining{"Twice", play + "lore-d@good,lore-d@good", {"stands there twice"}},
        BadTraining{"OtherPolicy", play + "lore@good", {"trained 'lore-d'", "not a 'lore'"}},
        BadTraining{"OtherWidths",
                    play + "lore-d@good --set policy.lore-d.hidden=3",
                    {"good/policy.checkpoint", "3-3"}},
        BadTraining{
            "TiedToCreators", play + "lore@tied --creators 51", {"tied/policy.checkpoint", "50", "51"}},
        BadTraining{"TiedToGenres",
                    play + "lore@tied --world amazon-video-games",
                    {"tied/policy.checkpoint", "Autos & Vehicles", "genre 1 of"}},
        BadTraining{"TrainWithoutFolder", "train", {"--out DIR", "--resume DIR"}},
        BadTraining{"TrainWhatCannotLearn", "train --policy random --out out", {"random", "does not learn"}},
        BadTraining{"TrainTwo", "train --policy lore,lore-d --out out", {"one policy"}},
        BadTraining{
            "TrainFrozen", "train --policy lore-d@good:frozen --out out", {"frozen", "does not learn"}},
        BadTraining{"NoCopies", "train --copies 0 --out out", {"seeds = 0", "between 1"}},
        BadTraining{
            "WarmStartNowhere", "train --warm-start nowhere --out out", {"nowhere/policy.checkpoint"}},
        BadTraining{"WarmStartOfOtherPolicy",
                    "train --policy lore --warm-start good --out out",
                    {"trained 'lore-d'", "not a 'lore'"}},
        BadTraining{"WarmStartWhereItGoes", "train --warm-start good --out good", {"--out"}},
        BadTraining{"ResumeNowhere", "train --resume nowhere", {"nowhere"}},
        BadTraining{"ResumeShorter", "train --resume good --rounds 2", {"--rounds 2", "round 3"}},
        BadTraining{"ResumeOtherwise", "train --resume good --copies 4", {"--copies", "cannot change"}}),
    [](const auto& call) { return call.param.name; });

}  // namespace
}  // namespace perennial
