#include "respond/evaluation/decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perennial {
namespace {

using testing::HasSubstr;

DecisionInput all_pass() {
  return {.creators = 20000,
          .treated = 10000,
          .control = 10000,
          .control_mean = 0.2,
          .slope = normal_estimate(0.9, 0.2),
          .autoc = normal_estimate(0.02, 0.005),
          .high_low = normal_estimate(0.04, 0.01)};
}

TEST(Decision, LaunchesWhenAllThreeTestsPass) {
  const auto decision = decide(all_pass());
  EXPECT_EQ(decision.verdict, ResponseVerdict::launch);
  EXPECT_THAT(decision.reason, HasSubstr("slope 0.9 (95% interval 0.508 to 1.29)"));
}

TEST(Decision, DoesNotLaunchWhenTheSlopeFailsThoughARightScoreWouldHaveShown) {
  auto input = all_pass();
  input.slope = normal_estimate(0.1, 0.2);
  const auto decision = decide(input);
  EXPECT_EQ(decision.verdict, ResponseVerdict::do_not_launch);
  EXPECT_THAT(decision.reason, HasSubstr("effects do not rise with the score"));
  EXPECT_FALSE(decision.creators_enough);
}

TEST(Decision, DoesNotLaunchWhatPointsTheWrongWayHoweverLoudly) {
  auto input = all_pass();
  input.slope = normal_estimate(-2, 0.3);
  input.autoc = normal_estimate(-0.02, 0.005);
  EXPECT_EQ(decide(input).verdict, ResponseVerdict::do_not_launch);
}

TEST(Decision, SaysHowManyCreatorsWouldBeEnough) {
  auto input = all_pass();
  input.slope = normal_estimate(0.8, 0.5);
  input.autoc = normal_estimate(0.02, 0.012);
  input.high_low = normal_estimate(0.04, 0.05);
  const auto decision = decide(input);
  EXPECT_EQ(decision.verdict, ResponseVerdict::insufficient_data);
  ASSERT_TRUE(decision.creators_enough);
  EXPECT_EQ(*decision.creators_enough, 39300U);  // 20,000 (2.80 x 0.05 / 0.1)^2, in hundreds
  EXPECT_THAT(decision.reason, HasSubstr("about 39300 would be enough"));
}

TEST(Decision, SaysWhatWouldShowARightScoreEvenWhereItDoesNotLaunch) {
  auto input = all_pass();
  input.slope = normal_estimate(0.8, 0.5);
  input.autoc = normal_estimate(0.02, 0.012);
  const auto decision = decide(input);
  EXPECT_EQ(decision.verdict, ResponseVerdict::do_not_launch);
  EXPECT_EQ(decision.creators_enough, 39300U);  // 20,000 (2.80 x 0.5)^2, in hundreds
}

TEST(Decision, DoesNotLaunchAScoreThatIsSurelyWrongHoweverFewCreators) {
  auto input = all_pass();
  input.slope = normal_estimate(0.1, 0.3);
  input.high_low = normal_estimate(0.04, 0.05);
  EXPECT_EQ(decide(input).verdict, ResponseVerdict::do_not_launch);
}

TEST(Decision, DoesNotAskForCreatorsNobodyHas) {
  auto input = all_pass();
  input.slope = normal_estimate(3, 8);
  input.autoc = normal_estimate(0.001, 0.005);
  EXPECT_EQ(decide(input).verdict, ResponseVerdict::do_not_launch);
  EXPECT_FALSE(decide(input).creators_enough);
}

TEST(Decision, WantsHighAgainstLowToo) {
  auto input = all_pass();
  input.high_low = normal_estimate(-0.001, 0.01);
  const auto decision = decide(input);
  EXPECT_EQ(decision.verdict, ResponseVerdict::do_not_launch);
  EXPECT_THAT(decision.reason, HasSubstr("above the median score do not respond more"));
  EXPECT_FALSE(decision.creators_enough);
}

TEST(Decision, SaysNothingOfTenCreators) {
  auto input = all_pass();
  input.creators = 10;
  input.treated = 4;
  input.control = 6;
  const auto decision = decide(input);
  EXPECT_EQ(decision.verdict, ResponseVerdict::insufficient_data);
  EXPECT_EQ(*decision.creators_enough, 125U);
}

TEST(Decision, DoesNotLaunchOneScoreForAll) {
  auto input = all_pass();
  input.slope = input.autoc = input.high_low = {};
  const auto decision = decide(input);
  EXPECT_EQ(decision.verdict, ResponseVerdict::do_not_launch);
  EXPECT_THAT(decision.reason, HasSubstr("one and the same"));
}

}  // namespace
}  // namespace perennial
