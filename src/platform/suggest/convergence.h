#pragma once

#include <cstdint>
#include <vector>

#include "io/archive.h"

namespace perennial {

/// When a learned policy has converged: its policy loss falls by less than 1% over 10 consecutive updates (LoRe, section
/// 4.2.2). Read as: after some update none of the next ten has a loss that lies 1% or more of its size below it. A loss may
/// be negative, and noise that goes up and down does not count as falling.
class Convergence {
 public:
  static constexpr std::size_t updates = 10;
  static constexpr double least_fall = 0.01;

  /// Takes in one update, done after `round`.
  void updated(double policy_loss, std::uint32_t round);

  /// The round of the update from which on the loss was flat: known ten updates later, and final. 0 = not yet.
  std::uint32_t converged_at() const { return converged_at_; }

  void persist(Archive& archive) { archive(losses_, rounds_, converged_at_); }

 private:
  std::vector<double> losses_;  // of the latest updates, at most one more than ten
  std::vector<std::uint32_t> rounds_;
  std::uint32_t converged_at_ = 0;
};

}  // namespace perennial
