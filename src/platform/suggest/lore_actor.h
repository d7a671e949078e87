#pragma once

#include "nn/mlp.h"
#include "platform/suggest/lore_state.h"

namespace perennial {

/// log pi(a|s) = the sum over creators asked of log P[i, a_i], where row i of `log_probabilities` (creators x options) is
/// creator i's: all creators' suggestions are one action.
double joint_log_probability(const Matrix& log_probabilities, std::span<const std::uint16_t> chosen);

/// LoRe's actor: the flattened state to a distribution over {genres, nothing} for every creator.
class LoreActor {
 public:
  LoreActor() = default;
  LoreActor(std::size_t creators, std::size_t genres, std::vector<std::size_t> hidden);

  void initialise(const Draws& draws, std::uint32_t entity) { net_.initialise(draws, entity); }

  std::size_t creators() const { return creators_; }
  std::size_t genres() const { return genres_; }
  std::size_t options() const { return genres_ + 1; }  ///< genres in order, then nothing
  const Mlp& net() const { return net_; }

  /// creators x options.
  Matrix log_probabilities(const LoreState& state) const;

  struct Training {
    std::int64_t epochs;
    double clip;
    Adam adam;
  };
  /// Of the last epoch, before its step.
  struct Outcome {
    double policy_loss = 0;   ///< mean over rounds
    double entropy_nats = 0;  ///< mean over creators asked
    double clip_share = 0;    ///< of rounds
  };
  /// PPO (LoRe, eq. 2): one step per epoch on the clipped objective over all rounds, chosen by this actor as it is now.
  Outcome improve(std::span<const LoreRound> rounds, std::span<const double> advantages,
                  const Training& training);

  /// One step per epoch on the cross-entropy of what was chosen, mean over creators asked.
  void imitate(std::span<const LoreRound> rounds, std::int64_t epochs, const Adam& adam);

  template <class Archive>
  void persist(Archive& archive) {
    net_.persist(archive);
  }

 private:
  Matrix by_creator(const float* logits) const;
  void add_slope(const Matrix& log_probabilities, std::span<const std::uint16_t> chosen,
                 double by_log_probability, float* slope) const;

  std::size_t creators_ = 0, genres_ = 0;
  Mlp net_;
};

}  // namespace perennial
