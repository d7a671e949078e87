#include "platform/recommend/candidate_index.h"

#include <algorithm>

namespace perennial {
namespace {

constexpr std::size_t block_of_candidates = 4096;

}  // namespace

/// The draw is addressed by creator and round made, which name an item in every arm of a study; ids do not.
CandidateIndex::CandidateIndex(const RankRequest& request)
    : candidates_(request.candidates),
      consecutive_(candidates_.empty() ||
                   candidates_.back() - candidates_.front() + std::size_t{1} == candidates_.size()),
      tie_(candidates_.size()) {
  request.workers.for_blocks(size(), block_of_candidates, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      tie_[i] = request.draws.bits(request.items.creator[item(i)], request.items.born[item(i)])[0];
    }
  });
}

std::size_t CandidateIndex::position_of(ItemId item) const {
  if (candidates_.empty() || item < candidates_.front() || item > candidates_.back()) return npos;
  if (consecutive_) return item - candidates_.front();
  const auto found = std::lower_bound(candidates_.begin(), candidates_.end(), item);
  return *found == item ? static_cast<std::size_t>(found - candidates_.begin()) : npos;
}

}  // namespace perennial
