#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "program.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// A call that must end with status 2 and one sentence that holds these words.
struct BadCall {
  std::string name;
  std::string arguments;
  std::vector<std::string> words;
};

void PrintTo(const BadCall& call, std::ostream* out) {
  *out << call.arguments;
}

class BadInput : public testing::TestWithParam<BadCall> {};

TEST_P(BadInput, GetsOneSentenceAndStatusTwo) {
  const Scratch scratch;
  std::ofstream(scratch / "broken.toml") << "setting = \"lockin\"\n[trust]\nmean = \n";
  std::ofstream(scratch / "typo.toml") << "[trust]\nmaen = 0.5\n";
  std::ofstream(scratch / "not-a-number.toml") << "[trust]\nmean = nan\n";
  const auto outcome = perennial_says(scratch, GetParam().arguments);
  EXPECT_EQ(outcome.status, 2) << outcome.err;
  const auto sentence = sentence_of(outcome);
  for (const auto& word : GetParam().words) EXPECT_THAT(sentence, HasSubstr(word));
  EXPECT_EQ(std::count(sentence.begin(), sentence.end(), '\n'), 1) << sentence;
  EXPECT_FALSE(std::filesystem::exists(scratch / "out" / "summary.json"));
}

INSTANTIATE_TEST_SUITE_P(
    EveryKind, BadInput,
    testing::Values(
        BadCall{"UnknownCommand", "compair --out out", {"no such command", "did you mean 'compare'?"}},
        BadCall{"UnknownFlag", "compare --ruonds 3 --out out", {"ruonds", "--help"}},
        BadCall{"UnknownPolicy",
                "compare --policies silent,watter-filling --out out",
                {"no such policy", "did you mean 'water-filling'?"}},
        BadCall{"PolicyTwice", "compare --policies silent,silent --out out", {"'silent' stands there twice"}},
        BadCall{"UnknownSetting",
                "compare --setting lokin --out out",
                {"no such setting", "did you mean 'lockin'?"}},
        BadCall{"UnknownWorld", "compare --world yotube --out out", {"yotube", "did you mean 'youtube'?"}},
        BadCall{"UnknownKey",
                "compare --set trust.maen=0.5 --out out",
                {"--set", "trust.maen", "did you mean 'mean'?"}},
        BadCall{"UnknownTable",
                "compare --set turst.mean=0.5 --out out",
                {"turst.mean", "did you mean 'trust'?"}},
        BadCall{"SetWithoutValue", "compare --set trust.mean --out out", {"must be key=value"}},
        BadCall{
            "OutOfRange", "compare --set trust.mean=1.5 --out out", {"trust.mean = 1.5", "between 0 and 1"}},
        BadCall{"NotANumber", "compare --set trust.mean=nan --out out", {"trust.mean", "finite"}},
        BadCall{"NegativeCount", "compare --rounds -3 --out out", {"rounds = -3", "between 1"}},
        BadCall{"ZeroUsers", "compare --users 0 --out out", {"users = 0", "between 1"}},
        BadCall{"ZeroSlate", "compare --slate 0 --out out", {"slate = 0"}},
        BadCall{"TextForNumber", "compare --rounds many --out out", {"rounds", "whole number"}},
        BadCall{"UnknownRanker",
                "compare --recommender contnet --out out",
                {"no such recommender", "did you mean 'content'?"}},
        BadCall{"UnreadableShares",
                "simulate --set creator_model.name=mixed --set creator_model.shares=bounded --out out",
                {"bounded", "share"}},
        BadCall{"NoFolder", "compare --rounds 3", {"--out"}},
        BadCall{"MissingConfig", "compare --config nowhere.toml --out out", {"nowhere.toml"}},
        BadCall{"BrokenConfig", "compare --config broken.toml --out out", {"broken.toml:3"}},
        BadCall{
            "TypoInConfig", "compare --config typo.toml --out out", {"typo.toml:2", "did you mean 'mean'?"}},
        BadCall{"NanInConfig", "compare --config not-a-number.toml --out out", {"not-a-number.toml:2"}},
        BadCall{"NothingToResume", "compare --resume nowhere", {"nowhere"}},
        BadCall{"MoreThanOnePolicy", "simulate --policy silent,random --out out", {"one policy"}}),
    [](const auto& call) { return call.param.name; });

TEST(BadFolder, OfSomebodyElseIsRefusedUntouched) {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / "out");
  std::ofstream(scratch / "out/thesis.txt") << "years of work";
  const auto outcome = perennial_says(scratch, "compare --rounds 2 --seeds 1 --policies silent --out out");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(sentence_of(outcome), AllOf(HasSubstr("out"), HasSubstr("--force")));
  EXPECT_EQ(slurp(scratch / "out/thesis.txt"), "years of work");
}

TEST(BadFolder, ThatIsAFileIsRefused) {
  const Scratch scratch;
  std::ofstream(scratch / "out") << "a file";
  const auto outcome = perennial_says(scratch, "compare --rounds 2 --seeds 1 --policies silent --out out");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(sentence_of(outcome), HasSubstr("out"));
}

}  // namespace
}  // namespace perennial
