#include "platform/suggest/round_critic.h"

#include <algorithm>
#include <numeric>

#include "platform/suggest/gae.h"
#include "platform/suggest/suggestion_features.h"

namespace perennial {
namespace {

constexpr std::size_t state_width = 2 * feature_count;
constexpr std::size_t hidden = 32;

Matrix states_of(const RoundHistory& history) {
  return Eigen::Map<const Matrix>(history.states.data(), static_cast<Eigen::Index>(history.rounds.size()),
                                  static_cast<Eigen::Index>(state_width));
}

/// Rewards less their mean over the histories: a critic that starts at 0 need not learn the level first.
double mean_reward(std::span<const RoundHistory* const> histories) {
  double sum = 0, count = 0;
  for (const RoundHistory* history : histories) {
    sum = std::accumulate(history->rewards.begin(), history->rewards.end(), sum);
    count += static_cast<double>(history->rewards.size());
  }
  return count == 0 ? 0 : sum / count;
}

}  // namespace

void RoundHistory::open(std::uint32_t round, std::span<const float> state) {
  rounds.resize(rewards.size());
  states.resize(rewards.size() * state_width);
  rounds.push_back(round);
  states.insert(states.end(), state.begin(), state.end());
}

void RoundHistory::keep(std::size_t count) {
  if (rounds.size() <= count) return;
  const auto drop = static_cast<std::ptrdiff_t>(rounds.size() - count);
  rounds.erase(rounds.begin(), rounds.begin() + drop);
  rewards.erase(rewards.begin(), rewards.begin() + drop);
  states.erase(states.begin(), states.begin() + drop * static_cast<std::ptrdiff_t>(state_width));
}

RoundCritic::RoundCritic(std::uint64_t seed) : net_({state_width, hidden, hidden, 1}) {
  net_.initialise(Draws(seed, Purpose::policy_training), 1, 0.1);
}

std::vector<float> RoundCritic::state_of(const Matrix& features) {
  std::vector<float> state(state_width);
  if (features.rows() == 0) return state;
  // In matrices of their own (matrix.h): the order of a sum depends on where its result lies.
  const Matrix mean = features.colwise().mean(), most = features.colwise().maxCoeff();
  std::copy_n(mean.data(), feature_count, state.begin());
  std::copy_n(most.data(), feature_count, state.begin() + feature_count);
  return state;
}

std::vector<double> RoundCritic::values(const RoundHistory& history) const {
  Mlp::Layers layers;
  const Matrix& out = net_.forward(states_of(history), layers);
  return {out.data(), out.data() + out.size()};
}

void RoundCritic::train(std::span<const RoundHistory* const> histories, const CriticOptions& options,
                        std::int64_t epochs) {
  const double mean = mean_reward(histories);
  for (std::int64_t e = 0; e < epochs; ++e) {
    Mlp::Weights gradient = Mlp::Weights::Zero(static_cast<Eigen::Index>(net_.weight_count()));
    for (const RoundHistory* history : histories) {
      if (history->rounds.size() < 2) continue;
      const Matrix states = states_of(*history);
      Mlp::Layers layers;
      const Matrix& value = net_.forward(states, layers);
      Matrix slope = Matrix::Zero(value.rows(), 1);
      for (Eigen::Index t = 0; t + 1 < value.rows(); ++t) {
        const double reward = history->rewards[static_cast<std::size_t>(t)] - mean;
        const double error = reward + options.gamma * value(t + 1, 0) - value(t, 0);
        slope(t, 0) = static_cast<float>(-2 * error / static_cast<double>(value.rows() - 1));
      }
      net_.backward(states, layers, slope, gradient);
    }
    net_.step(gradient, {.rate = options.learning_rate});
  }
}

std::vector<double> RoundCritic::advantages(const RoundHistory& history, const CriticOptions& options) const {
  if (history.rounds.size() < 2) return {};
  const RoundHistory* const all[] = {&history};
  const double mean = mean_reward(all);
  std::vector<double> rewards(history.rewards.begin(), history.rewards.end() - 1);
  for (double& reward : rewards) reward -= mean;
  return generalized_advantages(rewards, values(history), options.gamma, options.lambda);
}

double RoundCritic::explained_variance(std::span<const RoundHistory* const> histories,
                                       const CriticOptions& options) const {
  double n = 0, sum = 0, square = 0, left_sum = 0, left_square = 0;
  for (const RoundHistory* history : histories) {
    const auto advantage = advantages(*history, options);
    const auto value = values(*history);
    for (std::size_t t = 0; t < advantage.size(); ++t) {
      const double followed = advantage[t] + value[t];
      n += 1;
      sum += followed;
      square += followed * followed;
      left_sum += advantage[t];
      left_square += advantage[t] * advantage[t];
    }
  }
  if (n < 2) return 0;
  const double variance = square / n - sum / n * (sum / n);
  const double left = left_square / n - left_sum / n * (left_sum / n);
  return variance > 0 ? 1 - left / variance : 0;
}

}  // namespace perennial
