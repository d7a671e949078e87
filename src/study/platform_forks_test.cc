#include "study/platform_forks.h"

#include <gtest/gtest.h>

#include "study/plan.h"

namespace perennial {
namespace {

constexpr std::uint64_t seed = 1, future = 77;

/// A platform of 40 creators and 60 users after ten silent rounds.
struct SmallPlatform {
  Plan plan = make_plan("lockin", {},
                        {{"test", "world.users", std::int64_t{60}},
                         {"test", "world.creators", std::int64_t{40}},
                         {"test", "response.sensitivity_mean", 0.3}});
  World world = first_world(plan, open_world("youtube"), seed);
  Workers workers;
  Simulation simulation;
  std::vector<std::byte> platform;
  PlatformForks forks;

  explicit SmallPlatform(std::size_t threads = 1)
      : workers(threads),
        simulation(options(), world, "silent", seed, workers),
        platform(after_ten_rounds()),
        forks(options(), world, seed, platform, workers) {}

  SimulationOptions options() {
    plan.simulation.reranker = {"boost", {}};
    return plan.simulation;
  }
  std::vector<std::byte> after_ten_rounds() {
    while (simulation.round() < 10) simulation.play_round();
    return simulation.platform();
  }
};

ForkPlan fork_under(const std::string& policy, std::uint32_t rounds = 12) {
  return {.future = future, .boosts = {}, .rounds = rounds, .policy = policy};
}

TEST(PlatformForks, PlayAPolicyAsASimulationUnderItWould) {
  SmallPlatform small;
  for (const char* policy : {"lore-d", "water-filling", "oracle"}) {
    Simulation own(small.options(), small.world, policy, future, small.workers);
    own.fork_from(small.platform);
    own.reseed(future);
    const auto outcome = small.forks.play(fork_under(policy));
    for (const auto& metrics : outcome.metrics) EXPECT_EQ(metrics, own.play_round()) << policy;
  }
}

TEST(PlatformForks, AreSilentUnlessAPolicyIsNamed) {
  SmallPlatform small;
  const auto silent = small.forks.play({.future = future, .boosts = {}, .rounds = 12});
  EXPECT_EQ(silent.metrics, small.forks.play(fork_under("silent")).metrics);
  EXPECT_NE(silent.metrics, small.forks.play(fork_under("random")).metrics);
}

TEST(PlatformForks, ForgetWhatAPolicyLearnedOnAnotherFork) {
  SmallPlatform small;
  const auto first = small.forks.play(fork_under("lore-d", 30));
  small.forks.play(fork_under("random", 30));
  EXPECT_EQ(first.metrics, small.forks.play(fork_under("lore-d", 30)).metrics);
}

TEST(PlatformForks, AreTheSameAtAnyNumberOfThreads) {
  const std::vector<ForkPlan> plans = {fork_under("lore-d"), fork_under("silent"), fork_under("random"),
                                       fork_under("lore-d")};
  SmallPlatform alone(1), three(3);
  const auto a = alone.forks.play(plans), b = three.forks.play(plans);
  for (std::size_t i = 0; i < plans.size(); ++i) EXPECT_EQ(a[i].metrics, b[i].metrics) << i;
}

TEST(PlatformForks, CountOfUsersWhatTheRoundsMeasured) {
  SmallPlatform small;
  const auto outcome = small.forks.play(fork_under("silent"));
  double clicks = 0, impressions = 0, of_users = 0, shown = 0;
  for (const auto& metrics : outcome.metrics) {
    clicks += at(metrics, Metric::clicks);
    impressions += at(metrics, Metric::impressions);
  }
  for (std::size_t user = 0; user < outcome.users.size(); ++user) {
    of_users += outcome.users.clicks[user];
    shown += outcome.users.impressions[user];
  }
  EXPECT_EQ(of_users, clicks);
  EXPECT_EQ(shown, impressions);
}

TEST(PlatformForks, NeedNoRerankerWhereNobodyIsBoosted) {
  SmallPlatform small;
  SimulationOptions options = small.options();
  options.reranker = {"none", {}};
  PlatformForks plain(options, small.world, seed, small.platform, small.workers);
  EXPECT_EQ(plain.play(fork_under("silent")).metrics.size(), 12U);
}

TEST(UserCounts, TakeTheTenthOfUsersWhoClickLeast) {
  UserCounts users(21);
  EXPECT_EQ(users.worst_decile(), 0.0);
  for (std::size_t user = 0; user < 20; ++user) {
    users.impressions[user] = 10;
    users.clicks[user] = static_cast<double>(user) / 4;
  }
  EXPECT_DOUBLE_EQ(users.worst_decile(), 0.0125) << "0 and .25 of 10; who was shown nothing is left out";
}

}  // namespace
}  // namespace perennial
