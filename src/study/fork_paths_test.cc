#include "study/fork_paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "study/run_moment_for_tests.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

using testing::HasSubstr;

ForkedPaths paths(const RunMoment& moment, const std::vector<std::string>& policies, std::uint32_t rounds,
                  std::uint32_t futures = 1, std::size_t threads = 1) {
  return *play_paths(moment, {.policies = policies, .rounds = rounds, .futures = futures},
                     {.threads = threads, .played = {}, .stop = {}});
}

std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

/// All of a round but what counts from the run's or the fork's beginning.
RoundMetrics without_sums(RoundMetrics metrics) {
  at(metrics, Metric::cumulative_clicks) = at(metrics, Metric::discounted_value) = 0;
  return metrics;
}

TEST(ForkPaths, TheRunsOwnPolicyGoesOnAsIfNothingHadHappened) {
  for (const std::string policy : {"lore-d", "random", "water-filling", "oracle"}) {
    SCOPED_TRACE(policy);
    LeftRun run(few_people("lockin", policy, 30), 17);
    auto whole = run.begun();
    whole.play(30, [] { return true; });
    const auto expected = whole.result();
    const auto forked = paths(run.at(17), {policy, "silent"}, 13);
    ASSERT_EQ(forked.past.size(), 17);
    const auto& since = forked.paths.policies[0].runs[0].rounds;
    ASSERT_EQ(since.size(), 13);
    for (std::size_t r = 0; r < 30; ++r) {
      const auto& played = r < 17 ? forked.past[r] : since[r - 17];
      EXPECT_EQ(without_sums(played), without_sums(expected.rounds[r])) << "round " << r + 1;
    }
    EXPECT_EQ(at(since.back(), Metric::cumulative_clicks) + at(forked.past.back(), Metric::cumulative_clicks),
              at(expected.rounds.back(), Metric::cumulative_clicks));
    EXPECT_EQ(forked.paths.policies[0].runs[0].creators[3].trust, expected.creators[3].trust);
  }
}

TEST(ForkPaths, AnEarlierRoundIsTheRunAsItWasThenAndALaterOneAsItWillBe) {
  LeftRun early(few_people("craft", "lore-d", 25), 9), late(few_people("craft", "lore-d", 25), 20);
  const auto stood = early.at(9), replayed = late.at(9), played_on = early.at(20), stands = late.at(20);
  EXPECT_EQ(replayed.platform, stood.platform);
  EXPECT_EQ(replayed.memory, stood.memory);
  EXPECT_EQ(played_on.platform, stands.platform);
  EXPECT_EQ(played_on.memory, stands.memory);
}

TEST(ForkPaths, OfTheSamePolicyTwiceDifferInNothing) {
  // water-filling keeps nothing of its own: taking over from itself it is the run's own policy.
  LeftRun run(few_people("lockin", "water-filling", 20), 10);
  const auto own = run.at(10);
  auto taken_over = own;
  taken_over.cell.policy = "silent";
  const auto a = paths(own, {"water-filling"}, 10, 3), b = paths(taken_over, {"water-filling"}, 10, 3);
  for (std::size_t f = 0; f < 3; ++f) {
    EXPECT_EQ(a.paths.policies[0].runs[f].rounds, b.paths.policies[0].runs[f].rounds);
    EXPECT_EQ(a.totals[0][f].items, b.totals[0][f].items);
  }
  EXPECT_EQ(a.paths.result_hash, b.paths.result_hash);
}

TEST(ForkPaths, AreTheSameAtAnyNumberOfThreads) {
  LeftRun run(few_people("responsive", "lore-d", 12, {{"test", "recommender.dimensions", std::int64_t{4}}}),
              6);
  const auto moment = run.at(6);
  const auto one = paths(moment, {"lore-d", "random", "silent"}, 6, 3, 1);
  const auto many = paths(moment, {"lore-d", "random", "silent"}, 6, 3, 5);
  EXPECT_EQ(one.paths.result_hash, many.paths.result_hash);
}

TEST(ForkPaths, ShareTheCoinsOfAFutureAndFuturesDoNot) {
  LeftRun run(few_people("lockin", "random", 20), 8);
  const auto forked = paths(run.at(8), {"random", "silent"}, 12, 3);
  const auto arrivals = [&](std::size_t path, std::size_t future) {
    std::vector<double> users;
    for (const auto& metrics : forked.paths.policies[path].runs[future].rounds)
      users.push_back(at(metrics, Metric::active_users));
    return users;
  };
  for (std::size_t f = 0; f < 3; ++f) EXPECT_EQ(arrivals(0, f), arrivals(1, f));
  EXPECT_NE(arrivals(0, 0), arrivals(0, 1));
  EXPECT_NE(arrivals(0, 1), arrivals(0, 2));
  EXPECT_EQ(forked.paths.seeds[0], 2000U);
}

TEST(ForkPaths, CountWhatCreatorsGotAndMadeSinceTheFork) {
  LeftRun run(few_people("lockin", "silent", 20), 8);
  const auto forked = paths(run.at(8), {"silent"}, 5);
  double clicks = 0, items = 0;
  for (const auto& creator : forked.paths.policies[0].runs[0].creators) {
    clicks += static_cast<double>(creator.clicks);
    items += creator.items;
  }
  const auto& last = forked.paths.policies[0].runs[0].rounds.back();
  EXPECT_EQ(clicks, at(last, Metric::cumulative_clicks));
  double by_genre = 0, made = 0;
  for (const double count : forked.totals[0][0].clicks) by_genre += count;
  for (const double count : forked.totals[0][0].items) made += count;
  EXPECT_EQ(by_genre, clicks);
  EXPECT_EQ(made, items);
}

TEST(ForkPaths, AreNothingWhenStopped) {
  LeftRun run(few_people("lockin", "silent", 20), 8);
  int rounds = 0;
  EXPECT_FALSE(
      play_paths(
          run.at(8), {.policies = {"silent"}, .rounds = 5, .futures = 1},
          {.threads = 1, .played = [&](std::uint64_t) { ++rounds; }, .stop = [&] { return rounds == 3; }})
          .has_value());
  EXPECT_EQ(rounds, 3);
}

TEST(RunMoment, RefusesRoundsThatTheRunHasNot) {
  LeftRun run(few_people("lockin", "silent", 20), 8);
  EXPECT_THAT(refusal([&] { run.at(0); }), HasSubstr("--at 0: must be a round of"));
  EXPECT_THAT(refusal([&] { run.at(21); }), HasSubstr("--resume"));
}

TEST(RunMoment, RefusesToPlayAgainWhatBranchedOffAnotherRun) {
  LeftRun run(few_people("lockin", "random", 20), 0);
  LeftRun trunk(few_people("lockin", "silent", 20), 0);
  auto before = trunk.begun();
  before.play(6, [] { return true; });
  auto branch = run.begun();
  branch.fork_from(before);
  branch.play(12, [] { return true; });
  run.save(branch);
  EXPECT_EQ(run.at(12).round, 12U);
  EXPECT_THAT(refusal([&] { run.at(7); }), HasSubstr("branched off another one"));
}

}  // namespace
}  // namespace perennial
