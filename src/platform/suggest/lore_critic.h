#pragma once

#include "nn/mlp.h"
#include "platform/suggest/lore_state.h"

namespace perennial {

/// LoRe's critic: the flattened state to its value V, the discounted clicks expected from there on.
class LoreCritic {
 public:
  LoreCritic() = default;
  LoreCritic(std::size_t creators, std::size_t genres, std::vector<std::size_t> hidden);

  void initialise(const Draws& draws, std::uint32_t entity) { net_.initialise(draws, entity); }

  /// V of every round's state and of the one after the last.
  std::vector<double> values(const LoreTrajectory& trajectory) const;

  /// One step per epoch on the mean over rounds of (R + gamma V(s') - V(s))^2 (LoRe, eq. 3). The target R + gamma V(s') is
  /// taken anew in every epoch and counts as a constant in it: a semi-gradient, as is usual for temporal differences.
  void improve(std::span<const LoreTrajectory* const> trajectories, double gamma, std::int64_t epochs,
               const Adam& adam);

  template <class Archive>
  void persist(Archive& archive) {
    net_.persist(archive);
  }

 private:
  std::size_t genres_ = 0;
  Mlp net_;
};

}  // namespace perennial
