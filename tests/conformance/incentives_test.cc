#include "platform/incentive/incentives.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/random.h"
#include "conformance/limits.h"

// What every incentive promises (platform/incentive/incentive.h), held against each of the built-ins.

namespace perennial {
namespace {

constexpr std::size_t slate = 4;
constexpr std::uint64_t seed = 2000;

std::unique_ptr<Incentive> started(const std::string& name, std::size_t users) {
  auto incentive = find_plugin(incentives(), "incentive", name).make();
  incentive->start(users);
  return incentive;
}

/// A round in which some users come, each by its own number, and click by their own taste. `number` says what each is
/// called: row = name, value = the number its draws are addressed by.
RoundLog visits(const std::vector<UserId>& number, std::uint32_t round) {
  RoundLog log;
  log.round = round;
  for (UserId name = 0; name < number.size(); ++name) {
    if (Draws(seed, Purpose::user_arrival, round).coin(0.7, number[name])) log.active_users.push_back(name);
  }
  log.shown.reset(log.active_users.size(), slate);
  for (const UserId name : log.active_users) {
    for (std::uint32_t place = 0; place < slate; ++place) {
      const bool click =
          Draws(seed, Purpose::click, round).coin(0.1 + 0.8 * (number[name] % 3) / 2.0, number[name], place);
      log.clicked.push_back(click ? 1 : 0);
    }
  }
  return log;
}

std::vector<UserId> numbers(std::size_t users) {
  std::vector<UserId> all(users);
  std::iota(all.begin(), all.end(), UserId{0});
  return all;
}

std::vector<double> weights_of(const Incentive& incentive) {
  return {incentive.weights().begin(), incentive.weights().end()};
}

class EveryIncentive : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(, EveryIncentive, testing::ValuesIn(plugin_names(incentives())),
                         [](const auto& which) {
                           std::string name = which.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST_P(EveryIncentive, WeighsAllUsersWithMeanOneOrNobodyEver) {
  const auto incentive = started(GetParam(), 30);
  const bool weighs = !incentive->weights().empty();
  for (std::uint32_t round = 1; round <= 60; ++round) {
    const auto weights = weights_of(*incentive);
    ASSERT_EQ(weights.size(), weighs ? 30U : 0U);
    EXPECT_THAT(weights, testing::Each(testing::Ge(0.0)));
    if (weighs) {
      EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0) / 30, 1, 1e-12) << round;
    }
    incentive->account(visits(numbers(30), round));
  }
}

TEST_P(EveryIncentive, WeighsTheSameAgain) {
  const auto one = started(GetParam(), 30), other = started(GetParam(), 30);
  for (std::uint32_t round = 1; round <= 45; ++round) {
    one->account(visits(numbers(30), round));
    other->account(visits(numbers(30), round));
    EXPECT_EQ(weights_of(*one), weights_of(*other));
  }
}

TEST_P(EveryIncentive, GoesOnAfterSavingAndLoadingAsIfNothingWere) {
  const auto incentive = started(GetParam(), 30), loaded = started(GetParam(), 30);
  for (std::uint32_t round = 1; round <= 25; ++round) incentive->account(visits(numbers(30), round));
  Archive saved;
  incentive->persist(saved);
  Archive opened(saved.bytes());
  loaded->persist(opened);
  EXPECT_TRUE(opened.at_end());
  for (std::uint32_t round = 26; round <= 60; ++round) {
    EXPECT_EQ(weights_of(*loaded), weights_of(*incentive));
    incentive->account(visits(numbers(30), round));
    loaded->account(visits(numbers(30), round));
  }
}

// The same people under other names; sums over users run in another order, hence the tolerance.
TEST_P(EveryIncentive, FollowsUsersUnderOtherNames) {
  std::vector<UserId> renamed = numbers(30);
  std::reverse(renamed.begin(), renamed.end());
  std::swap(renamed[3], renamed[17]);
  const auto one = started(GetParam(), 30), other = started(GetParam(), 30);
  for (std::uint32_t round = 1; round <= 60; ++round) {
    one->account(visits(numbers(30), round));
    other->account(visits(renamed, round));
  }
  const auto weights = weights_of(*one), permuted = weights_of(*other);
  for (std::size_t name = 0; name < permuted.size(); ++name)
    EXPECT_NEAR(permuted[name], weights[renamed[name]], 1e-9 * weights[renamed[name]]);
}

TEST_P(EveryIncentive, BearsRoundsInWhichNobodyComesAndSlatesWithoutPlaces) {
  const auto incentive = started(GetParam(), 5);
  const auto before = weights_of(*incentive);
  for (std::uint32_t round = 1; round <= 60; ++round) incentive->account({});
  EXPECT_EQ(weights_of(*incentive), before);
}

TEST_P(EveryIncentive, HasNobodyToWeighOnAPlatformWithoutUsers) {
  const auto incentive = started(GetParam(), 0);
  for (std::uint32_t round = 1; round <= 60; ++round) incentive->account({});
  EXPECT_TRUE(incentive->weights().empty());
}

TEST_P(EveryIncentive, WeighsAllUsersAtTheLimitsOfEverySetting) {
  for (const auto& setting : settings_at_limits(*started(GetParam(), 0))) {
    SCOPED_TRACE(setting.text);
    const auto incentive = find_plugin(incentives(), "incentive", GetParam()).make();
    setting.apply(*incentive);
    incentive->start(30);
    for (std::uint32_t round = 1; round <= 60; ++round) {
      incentive->account(visits(numbers(30), round));
      const auto weights = weights_of(*incentive);
      EXPECT_THAT(weights, testing::Each(testing::Ge(0.0)));
      if (weights.empty()) continue;
      EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0) / 30, 1, 1e-9) << round;
    }
  }
}

// Whose clicks count more hangs on who clicked, not on which items.
TEST_P(EveryIncentive, WeighsTheSameWhateverItemsAreCalled) {
  const auto one = started(GetParam(), 30), other = started(GetParam(), 30);
  for (std::uint32_t round = 1; round <= 45; ++round) {
    auto log = visits(numbers(30), round);
    for (std::size_t i = 0; i < log.shown.items.size(); ++i) log.shown.items[i] = static_cast<ItemId>(i % 13);
    one->account(log);
    for (ItemId& item : log.shown.items) item = 500 - 7 * item;
    other->account(log);
    ASSERT_EQ(weights_of(*one), weights_of(*other)) << round;
  }
}

TEST_P(EveryIncentive, StartsAnewWhenStartedAgain) {
  const auto incentive = started(GetParam(), 30);
  const auto first = weights_of(*incentive);
  for (std::uint32_t round = 1; round <= 25; ++round) incentive->account(visits(numbers(30), round));
  incentive->start(30);
  EXPECT_EQ(weights_of(*incentive), first);
}

}  // namespace
}  // namespace perennial
