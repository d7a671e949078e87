#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "study/compare.h"
#include "study/interval.h"

// What the built-in policies are said to bring, on the built-in youtube world: 100 users, 50 creators, content ranker, 200
// rounds, seeds 1 to 20, paired. Learned policies learn on-line, and what that costs is in their
// averages. An interval that must lie above a bound does so by chance in 1 of 40 cases where the truth is at the bound.
// `lore` plays with its compact layers: the released widths take 60 times as long to train and ended lower in lockin, 15.6
// clicks a round below random suggestions against 14.9.

namespace perennial {
namespace {

constexpr std::size_t rounds = 200;

Comparison played(const std::string& setting, const std::string& policies, const std::vector<Given>& given) {
  Plan plan = make_plan(setting, {}, given);
  plan.policies = policies;
  plan.rounds = rounds;
  plan.seeds = 20;
  const auto comparison =
      compare(plan, open_world("youtube"), {.threads = 2, .played = {}, .stop = {}, .saved_runs = {}});
  return comparison.value();
}

/// All policies in a setting; each setting is played once.
const Comparison& results(const std::string& setting) {
  static std::map<std::string, Comparison> known;
  const auto at = known.find(setting);
  if (at != known.end()) return at->second;
  return known[setting] =
             played(setting, "silent,random,most-click,most-history-click,water-filling,lore,lore-d,oracle",
                    {{"test", "policy.lore.preset", std::string("compact")}});
}

/// Clicks per round and seed of a policy, averaged over rounds first .. last (from 1).
std::vector<double> clicks(const Comparison& comparison, const std::string& policy, std::size_t first = 1,
                           std::size_t last = rounds) {
  const auto found = std::ranges::find(comparison.policies, policy, &ComparedPolicy::name);
  std::vector<double> means;
  for (const RunResult& run : found->runs) {
    double sum = 0;
    for (std::size_t round = first; round <= last; ++round) sum += at(run.rounds[round - 1], Metric::clicks);
    means.push_back(sum / static_cast<double>(last - first + 1));
  }
  return means;
}

/// The mean difference of two policies in clicks per round over rounds first .. last, with its 95% interval, and said aloud.
Interval compared(const Comparison& comparison, const std::string& policy, const std::string& baseline,
                  std::size_t first = 1, std::size_t last = rounds) {
  const auto found =
      paired_difference(clicks(comparison, policy, first, last), clicks(comparison, baseline, first, last));
  fmt::print("{:<10} rounds {:>3}..{} {:<18} against {:<18} {:>+6.1f} [{:+.1f}, {:+.1f}]\n",
             comparison.setting, first, last, policy, baseline, found.mean, found.low, found.high);
  return found;
}

constexpr std::size_t last50 = rounds - 49;

// The oracle plans one round ahead, so it is no strict bound: in craft-open, where practice pays later, lore-d is 0.8 +- 0.4
// per cent above it. One policy in 20 leaves its interval by chance, but by chance none of 35 gets 1.5 per cent above.
TEST(Oracle, IsNeverBeatenByMoreThanNoise) {
  for (const char* setting : {"lockin", "craft", "craft-open", "scarce", "open"}) {
    const Comparison& comparison = results(setting);
    const double margin = 0.015 * interval_of(clicks(comparison, "oracle")).mean;
    for (const ComparedPolicy& policy : comparison.policies) {
      if (policy.uses_truth) continue;
      EXPECT_LT(compared(comparison, policy.name, "oracle").low, margin) << setting << ", " << policy.name;
    }
  }
}

TEST(Oracle, AloneIsMarkedAsUsingTheTruth) {
  for (const ComparedPolicy& policy : results("lockin").policies)
    EXPECT_EQ(policy.uses_truth, policy.name == "oracle") << policy.name;
}

// +13.7 [+11.4, +16.1] when this was written.
TEST(LoreD, AddsTenClicksARoundToRandomSuggestionsInLockinLearningIncluded) {
  const auto gain = compared(results("lockin"), "lore-d", "random");
  EXPECT_GE(gain.mean, 10);
  EXPECT_GT(gain.low, 9);
}

// 0.7 per cent above when this was written.
TEST(LoreD, EndsWithinTwoPerCentOfWaterFillingInLockinOrAbove) {
  const Comparison& comparison = results("lockin");
  const auto margin = 0.02 * interval_of(clicks(comparison, "water-filling", last50)).mean;
  EXPECT_GT(compared(comparison, "lore-d", "water-filling", last50).low, -margin);
}

// Gain: clicks above what random suggestions draw on average over the run. Against random in the same rounds, which goes on
// losing ground, it is 84 per cent in rounds 41 to 60, and 87 for water-filling, which has nothing to learn but click rates.
TEST(LoreD, HasNinetyPerCentOfItsGainInLockinWithinSixtyRounds) {
  const Comparison& comparison = results("lockin");
  const double random = interval_of(clicks(comparison, "random")).mean;
  const double early = interval_of(clicks(comparison, "lore-d", 41, 60)).mean - random;
  const double late = interval_of(clicks(comparison, "lore-d", last50)).mean - random;
  fmt::print("lockin: gain {:.1f} in rounds 41 to 60, {:.1f} in the last 50\n", early, late);
  EXPECT_GE(early, 0.9 * late);
}

TEST(LoreD, EndsAboveMostHistoryClickWherePracticeIsAnInvestment) {
  for (const char* setting : {"craft", "craft-open"})
    EXPECT_GT(compared(results(setting), "lore-d", "most-history-click", last50).low, 0) << setting;
}

TEST(LoreD, DoesNotLoseToSilenceWhereNothingIsWrong) {
  EXPECT_GT(compared(results("open"), "lore-d", "silent").low, 0);
}

// Without the plan's lead the network starts at random and knows only what credit teaches it.
TEST(LoreD, LearnsFromNothing) {
  const auto comparison = played("lockin", "random,lore-d", {{"test", "policy.lore-d.prior", 0.0}});
  EXPECT_GT(compared(comparison, "lore-d", "random").low, 0);
  compared(comparison, "lore-d", "random", last50);
}

}  // namespace
}  // namespace perennial
