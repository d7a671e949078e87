#pragma once

#include <cstdint>
#include <vector>

#include "io/archive.h"
#include "world/ids.h"

namespace perennial {

/// Whom the platform shows more or less than its ranker would, by arm of an experiment on creators. Empty = nobody.
///
/// An arm is a policy: a factor on the scores of every creator, as if all were in that arm. A creator is in one.
struct CreatorBoosts {
  std::vector<std::vector<float>> factors;  ///< arm x creator, > 0; creators beyond the end have 1
  std::vector<std::uint8_t> creator_arm;    ///< row = CreatorId; creators beyond the end are in arm 0
  std::vector<std::uint8_t> user_sees;      ///< row = UserId; 0 = is ranked without any; empty = all see them
  /// false: scores are multiplied by the factor of the creator's own arm. true: counterfactual interleaving; every arm
  /// ranks everything by its own policy, and an item stands where its creator's arm ranks it.
  std::uint8_t interleaved = 0;

  bool empty() const { return factors.empty(); }
  std::size_t arm_of(CreatorId creator) const {
    return creator < creator_arm.size() ? creator_arm[creator] : std::size_t{0};
  }
  float factor(std::size_t arm, CreatorId creator) const {
    return creator < factors[arm].size() ? factors[arm][creator] : 1.0F;
  }
  bool seen_by(UserId user) const { return user >= user_sees.size() || user_sees[user] != 0; }

  void persist(Archive& archive) { archive(factors, creator_arm, user_sees, interleaved); }
};

}  // namespace perennial
