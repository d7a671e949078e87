#include "platform/suggest/round_critic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/suggest/suggestion_features.h"

namespace perennial {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

constexpr std::size_t state_width = 2 * feature_count;

/// Rounds of these rewards, each in a state of its own number: 0 or 1 in the state's first place.
RoundHistory history_of(const std::vector<double>& rewards, const std::vector<int>& states) {
  RoundHistory history;
  for (std::size_t t = 0; t < rewards.size(); ++t) {
    std::vector<float> state(state_width);
    state[static_cast<std::size_t>(states[t])] = 1;
    history.open(static_cast<std::uint32_t>(t + 1), state);
    history.rewards.push_back(rewards[t]);
  }
  return history;
}

/// A critic that values every round at `value`.
RoundCritic critic_of_value(float value) {
  RoundCritic critic(1);
  Archive saved;
  critic.persist(saved);
  Mlp net({state_width, 32, 32, 1});
  Mlp::Weights weights = Mlp::Weights::Zero(static_cast<Eigen::Index>(net.weight_count()));
  weights(weights.size() - 1) = value;  // the last bias
  net.set_weights(weights);
  Archive constant;
  net.persist(constant);
  Archive reading(constant.bytes());
  critic.persist(reading);
  return critic;
}

// Rewards 1, 2, 6 less their mean 3 are -2, -1, 3; the last round's outcome is open. With value 10 and gamma 0.5 an error
// is reward + 5 - 10: -7, -6. With lambda 0.8 the first advantage is -7 + 0.4 x -6.
TEST(RoundCritic, AddsUpErrorsAsGeneralizedAdvantagesDo) {
  const auto history = history_of({1, 2, 6}, {0, 0, 0});
  const CriticOptions options{.weight = 1, .gamma = 0.5, .lambda = 0.8};
  EXPECT_THAT(critic_of_value(10).advantages(history, options),
              ElementsAre(DoubleNear(-9.4, 1e-9), DoubleNear(-6, 1e-9)));
}

TEST(RoundCritic, WithoutLambdaLooksOneRoundAhead) {
  const auto history = history_of({1, 2, 6}, {0, 0, 0});
  const CriticOptions options{.weight = 1, .gamma = 0.5, .lambda = 0};
  EXPECT_THAT(critic_of_value(10).advantages(history, options),
              ElementsAre(DoubleNear(-7, 1e-9), DoubleNear(-6, 1e-9)));
}

TEST(RoundCritic, HasNothingToSayOfFewerThanTwoRounds) {
  const RoundCritic critic(1);
  EXPECT_TRUE(critic.advantages({}, {}).empty());
  EXPECT_TRUE(critic.advantages(history_of({5}, {0}), {}).empty());
  const RoundHistory none, one = history_of({5}, {0});
  const RoundHistory* const few[] = {&none, &one};
  EXPECT_EQ(critic.explained_variance(few, {}), 0);
  RoundCritic trained(1);
  trained.train(few, {}, 10);  // nothing to learn from, and nothing breaks
  EXPECT_TRUE(trained.advantages(one, {}).empty());
}

/// Two states in turn, reward 1 after the first and 0 after the second. Against the mean of 0.5 the first is worth
/// 0.5 - g x 0.5 + g^2 x 0.5 - .. = 0.5 / (1 + g), the second as much less than nothing.
TEST(RoundCritic, LearnsWhatTwoStatesThatTakeTurnsAreWorth) {
  std::vector<double> rewards;
  std::vector<int> states;
  for (int t = 0; t < 40; ++t) {
    rewards.push_back(t % 2 == 0 ? 1 : 0);
    states.push_back(t % 2);
  }
  const auto history = history_of(rewards, states);
  const RoundHistory* const all[] = {&history};
  const CriticOptions learning{.weight = 1, .gamma = 0.8, .lambda = 0, .learning_rate = 1e-2};
  RoundCritic critic(1);
  critic.train(all, learning, 2000);
  const CriticOptions blind{.weight = 1, .gamma = 0, .lambda = 0};  // advantage = reward - mean - value
  const auto left = critic.advantages(history, blind);
  EXPECT_NEAR(0.5 - left[0], 0.5 / 1.8, 0.01);
  EXPECT_NEAR(-0.5 - left[1], -0.5 / 1.8, 0.01);
  for (const double advantage : critic.advantages(history, learning)) EXPECT_NEAR(advantage, 0, 0.02);
  EXPECT_GT(critic.explained_variance(all, learning), 0.99);
}

TEST(RoundCritic, ExplainsNothingWhereNothingVaries) {
  const auto history = history_of({2, 2, 2, 2}, {0, 0, 0, 0});
  const RoundHistory* const all[] = {&history};
  EXPECT_EQ(critic_of_value(0).explained_variance(all, {}), 0);
}

TEST(RoundCritic, ExplainsNothingBeforeItHasLearned) {
  const auto history = history_of({2, 5, 1, 4}, {0, 1, 0, 1});
  const RoundHistory* const all[] = {&history};
  EXPECT_NEAR(critic_of_value(0).explained_variance(all, {}), 0, 1e-12);
}

TEST(RoundCritic, SeesMeansAndMaximaOverAllRows) {
  Matrix features = Matrix::Zero(2, feature_count);
  features(0, 1) = 1;
  features(1, 1) = 3;
  features(0, 2) = -4;
  const auto state = RoundCritic::state_of(features);
  ASSERT_EQ(state.size(), state_width);
  EXPECT_EQ(state[1], 2);
  EXPECT_EQ(state[2], -2);
  EXPECT_EQ(state[feature_count + 1], 3);
  EXPECT_EQ(state[feature_count + 2], 0);
}

TEST(RoundCritic, SeesTheSameBitsWhereverInMemory) {
  Matrix features(60, feature_count);
  for (Eigen::Index i = 0; i < features.size(); ++i)
    features.data()[i] = static_cast<float>(Draws(3, Purpose::world).uniform(static_cast<std::uint32_t>(i)));
  const auto state = RoundCritic::state_of(features);
  std::vector<std::vector<float>> kept;  // neighbours of all sizes, so that no two states lie alike
  for (std::size_t i = 0; i < 50; ++i) {
    kept.emplace_back(4 * (i % 9) + 1);
    kept.push_back(RoundCritic::state_of(features));
    EXPECT_EQ(kept.back(), state);
  }
}

TEST(RoundCritic, SeesZerosWhereNobodyCreates) {
  const auto state = RoundCritic::state_of(Matrix(0, feature_count));
  EXPECT_EQ(state, std::vector<float>(state_width, 0.0F));
}

TEST(RoundHistory, KeepsTheLatestRounds) {
  auto history = history_of({1, 2, 3, 4}, {0, 1, 0, 1});
  history.keep(2);
  EXPECT_THAT(history.rounds, ElementsAre(3, 4));
  EXPECT_THAT(history.rewards, ElementsAre(3, 4));
  ASSERT_EQ(history.states.size(), 2 * state_width);
  EXPECT_EQ(history.states[0], 1);
  EXPECT_EQ(history.states[state_width + 1], 1);
}

TEST(RoundHistory, ForgetsARoundThatWasNeverPlayed) {
  auto history = history_of({1, 2}, {0, 0});
  history.open(7, std::vector<float>(state_width, 7));
  history.open(8, std::vector<float>(state_width, 8));
  EXPECT_THAT(history.rounds, ElementsAre(1, 2, 8));
  EXPECT_EQ(history.states.size(), 3 * state_width);
  EXPECT_EQ(history.states.back(), 8);
}

}  // namespace
}  // namespace perennial
