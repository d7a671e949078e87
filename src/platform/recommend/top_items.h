#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "platform/recommend/candidate_index.h"

namespace perennial {

/// Keeps the `depth` best of the scored candidates it is offered, for one user. Which ones it keeps depends
/// neither on the order they are offered in nor on how they are cut into pieces. Expected cost per offered
/// score: a comparison, a fraction of a nanosecond.
class TopItems {
 public:
  TopItems(const CandidateIndex& candidates, std::size_t depth) : candidates_(&candidates), depth_(depth) {
    heap_.reserve(std::min(depth, candidates.size()));
  }

  /// Scores of the candidates at positions first, first + 1, ..; minus infinity = not to be shown.
  void offer(std::span<const float> scores, std::size_t first);

  /// Writes what was kept, best first, adding `shift` to the scores, and starts over. Places left stay as
  /// they are.
  void write(std::span<ItemId> items, std::span<float> scores, float shift = 0);

 private:
  struct Entry {
    float score;
    std::uint32_t position;
  };
  bool better(const Entry& a, const Entry& b) const {
    return a.score != b.score ? a.score > b.score : candidates_->comes_first(a.position, b.position);
  }
  void offer_chunks(std::span<const float> scores, std::size_t first);
  void offer_each(std::span<const float> scores, std::size_t first, float bound);
  float worst_kept() const;  ///< minus infinity while there is room
  void keep_if_better(const Entry& entry);

  const CandidateIndex* candidates_;
  std::size_t depth_;
  std::vector<Entry> heap_;  // worst on top
};

}  // namespace perennial
