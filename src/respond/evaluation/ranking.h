#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// Creators from the highest score to the lowest, in runs of equal scores.
struct Ranking {
  std::vector<std::uint32_t> order;  ///< creators; equal scores by number
  std::vector<std::uint32_t> ends;   ///< where each run ends in `order`; ascending, the last is order.size()
};

/// `scores` are finite, fewer than 2^32.
Ranking rank_by(std::span<const double> scores);

/// Calls take(begin, end) for each run of equal scores, highest first.
template <class Take>
void for_each_run(const Ranking& ranking, Take take) {
  std::size_t begin = 0;
  for (const std::uint32_t end : ranking.ends) {
    take(begin, std::size_t{end});
    begin = end;
  }
}

}  // namespace perennial
