#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "platform/recommend/recommender.h"

namespace perennial {

/// The candidates of one round by position, and the draw that orders equal scores. Built once per rank()
/// call, O(candidates).
class CandidateIndex {
 public:
  static constexpr std::size_t npos = std::numeric_limits<std::size_t>::max();

  explicit CandidateIndex(const RankRequest& request);

  std::size_t size() const { return candidates_.size(); }
  ItemId item(std::size_t position) const { return candidates_[position]; }

  /// Position of an item, npos if it is no candidate. O(1) while candidates are consecutive ids, as in a
  /// simulation.
  std::size_t position_of(ItemId item) const;

  /// Does a come before b when their scores are equal? A strict order, drawn anew every round.
  bool comes_first(std::size_t a, std::size_t b) const {
    return tie_[a] != tie_[b] ? tie_[a] < tie_[b] : a < b;
  }

 private:
  std::span<const ItemId> candidates_;
  bool consecutive_;
  std::vector<std::uint32_t> tie_;
};

}  // namespace perennial
