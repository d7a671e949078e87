#include "platform/incentive/reweight.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.h"

namespace perennial {
namespace {

using testing::DoubleNear;
using testing::Each;
using testing::ElementsAre;

ReweightIncentive reweight(std::size_t users, std::int64_t epoch, double alpha = 1,
                           const std::string& utility = "share") {
  ReweightIncentive incentive;
  incentive.fields().set("incentive", "epoch", epoch);
  incentive.fields().set("incentive", "alpha", alpha);
  incentive.fields().set("incentive", "utility", utility);
  incentive.start(users);
  return incentive;
}

/// A round in which these users come and click so many of four items.
RoundLog visit(const std::vector<UserId>& users, const std::vector<std::uint32_t>& clicks) {
  RoundLog log;
  log.active_users = users;
  log.shown.reset(users.size(), 4);
  log.clicked.assign(4 * users.size(), 0);
  for (std::size_t row = 0; row < users.size(); ++row) {
    for (std::uint32_t place = 0; place < clicks[row]; ++place) log.clicked[4 * row + place] = 1;
  }
  return log;
}

std::vector<double> weights_of(const ReweightIncentive& incentive) {
  return {incentive.weights().begin(), incentive.weights().end()};
}

// Shares 1/4, 3/4 and, over two visits, (0 + 1)/2: exp of -0.25, -0.75 and -0.5, divided by their mean.
TEST(Reweight, GivesTheWeightsWorkedOutByHand) {
  auto incentive = reweight(3, 2);
  incentive.account(visit({0, 1, 2}, {1, 3, 0}));
  EXPECT_THAT(weights_of(incentive), Each(1.0)) << "within an epoch nothing moves";
  incentive.account(visit({2}, {4}));
  EXPECT_THAT(weights_of(incentive),
              ElementsAre(DoubleNear(1.2577, 5e-5), DoubleNear(0.7628, 5e-5), DoubleNear(0.9795, 5e-5)))
      << "0.77880, 0.47237 and 0.60653 over 0.61923";
}

// The second epoch multiplies what the first one left: user 0 had 0 and 0, user 1 had 1 and 1/2.
TEST(Reweight, GoesOnFromEpochToEpoch) {
  auto incentive = reweight(2, 1);
  incentive.account(visit({0, 1}, {0, 4}));
  incentive.account(visit({0, 1}, {0, 2}));
  const double low = std::exp(-1.5), mean = (1 + low) / 2;
  EXPECT_THAT(weights_of(incentive), ElementsAre(DoubleNear(1 / mean, 1e-12), DoubleNear(low / mean, 1e-12)));
}

TEST(Reweight, MovesByClicksWhereThatIsTheUtility) {
  auto incentive = reweight(2, 1, 0.5, "clicks");
  incentive.account(visit({0, 1}, {1, 4}));
  const auto weights = weights_of(incentive);
  EXPECT_NEAR(weights[1] / weights[0], std::exp(-0.5 * 3), 1e-12);
}

// Those who came had 1/4 and 3/4, so whoever did not is taken to have had 1/2.
TEST(Reweight, TakesAbsentUsersForAverageOnes) {
  auto incentive = reweight(3, 1);
  incentive.account(visit({0, 2}, {1, 3}));
  const auto weights = weights_of(incentive);
  EXPECT_NEAR(weights[1] / weights[0], std::exp(-0.25), 1e-12);
  EXPECT_NEAR(weights[2] / weights[1], std::exp(-0.25), 1e-12);
}

TEST(Reweight, ChangesNothingWhereNobodyCameOrAlphaIsZero) {
  auto nobody = reweight(3, 1);
  nobody.account(visit({}, {}));
  EXPECT_THAT(weights_of(nobody), Each(1.0));
  auto still = reweight(3, 1, 0);
  still.account(visit({0, 1, 2}, {0, 2, 4}));
  EXPECT_THAT(weights_of(still), Each(1.0));
}

/// Forty epochs of users of whom every one clicks more the higher its number; some do not come.
std::vector<double> after_a_long_time(ReweightIncentive& incentive, const std::vector<UserId>& users) {
  for (std::uint32_t round = 1; round <= 40; ++round) {
    RoundLog log;
    std::vector<std::uint32_t> clicks;
    for (UserId row = 0; row < users.size(); ++row) {
      const UserId original = users[row];
      if (Draws(2000, Purpose::user_arrival, round).coin(0.3, original)) continue;
      log.active_users.push_back(row);
      clicks.push_back(std::min(4U, Draws(2000, Purpose::click, round).below(3, original) + original / 4));
    }
    incentive.account(visit(log.active_users, clicks));
  }
  return weights_of(incentive);
}

std::vector<UserId> users_up_to(UserId count) {
  std::vector<UserId> users(count);
  std::iota(users.begin(), users.end(), UserId{0});
  return users;
}

TEST(Reweight, KeepsMeanOneAndEveryWeightAboveZero) {
  for (const double alpha : {0.1, 1.0, 10.0}) {
    auto incentive = reweight(12, 1, alpha);
    const auto weights = after_a_long_time(incentive, users_up_to(12));
    EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0) / 12, 1, 1e-12);
    EXPECT_THAT(weights, Each(testing::Gt(0.0)));
  }
}

TEST(Reweight, GivesWeightToWhoWasServedLess) {
  auto incentive = reweight(12, 1);
  const auto weights = after_a_long_time(incentive, users_up_to(12));
  for (UserId u = 4; u < 12; ++u) EXPECT_LT(weights[u], weights[u - 4]) << u;
  EXPECT_GT(weights[0], 1);
  EXPECT_LT(weights[11], 1);
}

TEST(Reweight, FollowsUsersUnderOtherNumbers) {
  const std::vector<UserId> renamed = {7, 2, 11, 0, 4, 9, 1, 10, 3, 6, 8, 5};
  auto one = reweight(12, 3), other = reweight(12, 3);
  const auto weights = after_a_long_time(one, users_up_to(12)), permuted = after_a_long_time(other, renamed);
  for (std::size_t row = 0; row < 12; ++row) EXPECT_NEAR(permuted[row], weights[renamed[row]], 1e-12);
}

// Nobody is shut out for good: weights are kept as logarithms, which a double cannot lose.
TEST(Reweight, BringsAUserBackHoweverLittleItWeighed) {
  auto incentive = reweight(2, 1, 100);
  for (int round = 0; round < 10; ++round) incentive.account(visit({0, 1}, {0, 4}));
  EXPECT_EQ(incentive.weights()[1], 0) << "exp(-1000)";
  for (int round = 0; round < 10; ++round) incentive.account(visit({0, 1}, {4, 0}));
  EXPECT_THAT(weights_of(incentive), Each(1.0));
}

}  // namespace
}  // namespace perennial
