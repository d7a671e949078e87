#include "report/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/comparison_for_tests.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Verdict, NamesTheBestPolicyAPlatformCouldUseAndItsLead) {
  const Verdict verdict = verdict_of(made_up_main_job());
  EXPECT_THAT(verdict.headline, StartsWith("Most clicks: water-filling with "));
  EXPECT_THAT(verdict.headline, AllOf(HasSubstr("33% more than silent"), HasSubstr("more than random")));
  EXPECT_THAT(verdict.headline, Not(HasSubstr("oracle")));
}

TEST(Verdict, NamesPoliciesThatUseTheTruthApart) {
  const Verdict verdict = verdict_of(made_up_main_job());
  EXPECT_THAT(verdict.details, Contains(AllOf(StartsWith("`oracle` reads what only a simulator knows"),
                                              HasSubstr("against `water-filling`"))));
}

TEST(Verdict, GivesTheIntervalsBehindTheLead) {
  const Verdict verdict = verdict_of(made_up_main_job());
  EXPECT_THAT(verdict.details, Contains(AllOf(HasSubstr("`water-filling` against `silent`: +"),
                                              HasSubstr("(95% interval +"), Not(HasSubstr("chance")))));
}

TEST(Verdict, SaysThatThereIsNoWinnerWhenTheLeadMayBeChance) {
  auto comparison = made_up_comparison({{"silent", 50}, {"random", 100}, {"most-click", 100}});
  set_clicks(comparison.policies[1], {100, 110, 90, 105, 95});
  set_clicks(comparison.policies[2], {104, 101, 99, 102, 96});
  const Verdict verdict = verdict_of(comparison);
  EXPECT_THAT(verdict.headline,
              StartsWith("No clear winner. Ahead, but within chance of random: most-click with 100.4 "));
  EXPECT_THAT(verdict.headline,
              AllOf(HasSubstr("more than silent"), HasSubstr("not measurably different from random")));
}

TEST(Verdict, DoesNotCallADifferenceWhatMayBeChance) {
  auto comparison = made_up_comparison({{"silent", 100}, {"most-click", 100}});
  set_clicks(comparison.policies[0], {100, 110, 90, 105, 95});
  set_clicks(comparison.policies[1], {104, 101, 99, 102, 96});
  const Verdict verdict = verdict_of(comparison);
  EXPECT_THAT(verdict.headline, HasSubstr("not measurably different from silent"));
  EXPECT_THAT(verdict.details, Contains(HasSubstr("it may be chance")));
}

TEST(Verdict, CallsASmallLeadOnEverySeedALead) {
  auto comparison = made_up_comparison({{"silent", 100}, {"most-click", 100}});
  set_clicks(comparison.policies[0], {100, 110, 90, 105, 95});
  set_clicks(comparison.policies[1], {101, 111.1, 91.2, 106, 96.1});
  EXPECT_THAT(verdict_of(comparison).headline,
              AllOf(StartsWith("Most clicks: most-click"), HasSubstr("1.1% more than silent")));
}

TEST(Verdict, SaysSoWhenDoingNothingIsBest) {
  const Verdict verdict =
      verdict_of(made_up_comparison({{"silent", 120}, {"random", 90}, {"most-click", 80}}));
  EXPECT_THAT(verdict.headline,
              AllOf(StartsWith("Most clicks: silent with "), HasSubstr("more than random")));
}

TEST(Verdict, OfOneSeedClaimsNoCertainty) {
  const Verdict verdict = verdict_of(made_up_comparison({{"silent", 50}, {"random", 100}}, 1));
  EXPECT_THAT(verdict.details, Contains(HasSubstr("any difference may be chance")));
  for (const auto& sentence : verdict.details) EXPECT_THAT(sentence, Not(HasSubstr("95%")));
}

TEST(Verdict, OfOnePolicyComparesNothing) {
  const Verdict verdict = verdict_of(made_up_comparison({{"silent", 50}}));
  EXPECT_THAT(verdict.headline, testing::MatchesRegex("silent draws [0-9.]+ clicks per round."));
}

TEST(Verdict, DividesByNoClicksNowhere) {
  auto comparison = made_up_comparison({{"silent", 50}, {"random", 100}});
  set_clicks(comparison.policies[0], {0, 0, 0, 0, 0});
  const Verdict verdict = verdict_of(comparison);
  EXPECT_THAT(verdict.headline,
              AllOf(HasSubstr("more than silent"), Not(HasSubstr("%")), Not(HasSubstr("inf"))));
}

}  // namespace
}  // namespace perennial
