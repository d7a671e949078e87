#include "study/study_claims.h"

#include <gtest/gtest.h>

#include "study/study_file.h"

namespace perennial {
namespace {

/// Arms `a` and `b` in one world, clicks of one round per seed as given.
Study played(const std::string& claim, const std::vector<double>& a, const std::vector<double>& b) {
  Study study;
  study.file = parse_study(
      "name = \"test\"\n[[world]]\nname = \"w\"\n[[arm]]\nname = \"a\"\n[[arm]]\nname = "
      "\"b\"\n[[claim]]\ntext = \"so\"\n" +
          claim,
      "test.toml");
  const auto arm = [](const char* name, const std::vector<double>& clicks) {
    ComparedPolicy policy{.name = name, .summary = "", .runs = {}};
    for (const double c : clicks) {
      RunResult run{};
      run.rounds.emplace_back();
      at(run.rounds.back(), Metric::clicks) = c;
      policy.runs.push_back(run);
    }
    return policy;
  };
  study.worlds.emplace_back();
  study.worlds[0].policies = {arm("a", a), arm("b", b)};
  for (std::size_t i = 0; i < a.size(); ++i) study.seeds.push_back(i + 1);
  return study;
}

ClaimVerdict verdict(const std::string& claim, const std::vector<double>& a, const std::vector<double>& b) {
  return judge_claims(played(claim, a, b)).at(0).verdict;
}

constexpr const char* above = "rule = \"greater\"\narm = \"a\"\nthan = \"b\"\n";

TEST(Claims, GreaterHoldsOnlyWhereTheIntervalLeavesOutZero) {
  EXPECT_EQ(verdict(above, {11, 12, 13}, {10, 11, 12}), ClaimVerdict::holds);
  EXPECT_EQ(verdict(above, {20, 11, 10}, {10, 11, 12}), ClaimVerdict::direction) << "differences 10, 0, -2";
  EXPECT_EQ(verdict(above, {9, 10, 11}, {10, 11, 12}), ClaimVerdict::fails);
}

TEST(Claims, DifferencesArePairedBySeed) {
  EXPECT_EQ(verdict(above, {101, 11, 51}, {100, 10, 50}), ClaimVerdict::holds)
      << "1 each, though seeds lie far apart";
}

TEST(Claims, OneSeedNeverMakesAClaimHold) {
  EXPECT_EQ(verdict(above, {100}, {1}), ClaimVerdict::direction);
}

TEST(Claims, AThresholdMayBeTouched) {
  EXPECT_EQ(verdict("rule = \"at_most\"\narm = \"a\"\nvalue = 12\n", {12, 12, 12}, {0, 0, 0}),
            ClaimVerdict::holds);
  EXPECT_EQ(verdict("rule = \"at_most\"\narm = \"a\"\nvalue = 11.9\n", {12, 12, 12}, {0, 0, 0}),
            ClaimVerdict::fails);
  EXPECT_EQ(verdict("rule = \"at_least\"\narm = \"a\"\nvalue = 12\n", {12, 13, 14}, {0, 0, 0}),
            ClaimVerdict::direction);
}

TEST(Claims, ARatioHoldsWhereItIsAboveOneAndReachesThePapers) {
  const std::string claim = "rule = \"ratio\"\narm = \"a\"\nthan = \"b\"\nvalue = 1.2\n";
  EXPECT_EQ(verdict(claim, {12, 12.1, 11.9}, {10, 10, 10}), ClaimVerdict::holds);
  EXPECT_EQ(verdict(claim, {11, 11.1, 10.9}, {10, 10, 10}), ClaimVerdict::direction)
      << "1.1 +- 0.03 does not reach 1.2";
  EXPECT_EQ(verdict(claim, {9, 9, 9}, {10, 10, 10}), ClaimVerdict::fails);
}

TEST(Claims, SimilarIsAMarginNotTheAbsenceOfADifference) {
  const std::string claim = "rule = \"similar\"\narm = \"a\"\nthan = \"b\"\nvalue = 0.05\n";
  EXPECT_EQ(verdict(claim, {104, 104, 104}, {100, 100, 100}), ClaimVerdict::holds) << "4% off for certain";
  EXPECT_EQ(verdict(claim, {150, 50, 100}, {100, 100, 100}), ClaimVerdict::direction)
      << "not known well enough";
  EXPECT_EQ(verdict(claim, {110, 110, 110}, {100, 100, 100}), ClaimVerdict::fails);
}

TEST(Claims, OneComparisonThatFailsFailsTheClaim) {
  const std::string claim = "rule = \"greater\"\narm = [\"a\", \"b\"]\nthan = [\"a\", \"b\"]\n";
  const auto judged = judge_claims(played(claim, {11, 12, 13}, {10, 11, 12})).at(0);
  EXPECT_EQ(judged.comparisons.size(), 2) << "nothing is compared with itself";
  EXPECT_EQ(judged.verdict, ClaimVerdict::fails);
  EXPECT_EQ(judged.why, "1 of 2 comparisons hold beyond chance, 0 in direction only, 1 not");
}

TEST(Claims, WhatIsOfLearningCannotBeTestedOnAnArmThatDoesNotLearn) {
  EXPECT_EQ(verdict("rule = \"at_most\"\narm = \"a\"\nvalue = 70\nmetric = \"rounds_to_converge\"\n", {1, 2},
                    {1, 2}),
            ClaimVerdict::untestable);
}

}  // namespace
}  // namespace perennial
