#pragma once

#include <cstddef>
#include <span>

#include "base/fields.h"
#include "io/archive.h"
#include "world/round_log.h"

namespace perennial {

/// Decides what a click is worth to the creator whose item it is (in money, in credit, in what a dashboard shows), by
/// whose click it is. Creators feel nothing else; what the platform counts stays clicks. One file per scheme beside this
/// one; see incentives.h.
///
/// Deterministic: the same calls give the same bytes.
class Incentive {
 public:
  virtual ~Incentive() = default;

  /// Settings, bound to this object.
  virtual Fields fields() = 0;

  /// Called once before round 1; the number of users stays.
  virtual void start(std::size_t users) = 0;

  /// What each user's click counts in the coming round: row = UserId, >= 0, mean 1. Empty, in every round, where a scheme
  /// tells no user from another: each click then counts 1.
  virtual std::span<const double> weights() const = 0;

  /// Takes in a finished round, which may move the weights of the next.
  virtual void account(const RoundLog& log) = 0;

  /// Saves or restores everything that outlives a round (not the settings).
  virtual void persist(Archive& archive) = 0;
};

}  // namespace perennial
