#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "io/archive.h"
#include "nn/mlp.h"

namespace perennial {

/// Rounds as the critic sees them: what the platform looked like and what its users made of it. One run's, in order.
struct RoundHistory {
  std::vector<std::uint32_t> rounds;
  std::vector<float> states;    ///< rounds x state_width
  std::vector<double> rewards;  ///< clicks per item shown

  /// Adds a round whose reward is to come; takes the place of one whose reward never came.
  void open(std::uint32_t round, std::span<const float> state);
  /// Keeps the latest `count` rounds.
  void keep(std::size_t count);
  void persist(Archive& archive) { archive(rounds, states, rewards); }
};

/// How the critic learns and how much it says.
struct CriticOptions {
  double weight = 0;  ///< of its advantages beside the difference reward's; 0 = no critic
  double gamma = 0.9;
  double lambda = 0.95;
  double learning_rate = 1e-3;
};

/// Looks further than the difference reward's window: learns from whole rounds, by one-step temporal differences, what
/// rounds like this one lead to, and says by generalized advantage estimation how much better a round's suggestions did.
/// One number for all creators of a round: noisy, but with no horizon.
class RoundCritic {
 public:
  RoundCritic() = default;
  explicit RoundCritic(std::uint64_t seed);

  /// What a round looks like: means and maxima over all rows of suggestion_features().
  static std::vector<float> state_of(const Matrix& features);

  /// `epochs` passes over all steps from one round to the next.
  void train(std::span<const RoundHistory* const> histories, const CriticOptions& options,
             std::int64_t epochs);

  /// One advantage per round of the history but the last, whose outcome is not known yet.
  std::vector<double> advantages(const RoundHistory& history, const CriticOptions& options) const;

  /// Share of the variance of what followed (advantage + value) that the values explain; 0 where nothing varies.
  double explained_variance(std::span<const RoundHistory* const> histories,
                            const CriticOptions& options) const;

  void persist(Archive& archive) { net_.persist(archive); }

 private:
  std::vector<double> values(const RoundHistory& history) const;

  Mlp net_;
};

}  // namespace perennial
