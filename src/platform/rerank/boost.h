#pragma once

#include "platform/rerank/reranker.h"

namespace perennial {

/// Shows some creators more: scores are multiplied by the creator's factor (CreatorBoosts), log-odds moved by its
/// logarithm, and the shortlist is sorted again; equals keep the ranker's order.
///
/// Interleaved (Ha-Thuc et al., SIGIR 2020): the shortlist is sorted once for each arm, by that arm's factors for all
/// creators, and an item's place is the one it has in the order of its creator's arm. Where items of different arms meet
/// on a place, a coin per user and place decides which comes first.
class BoostReranker final : public Reranker {
 public:
  Fields fields() override;
  std::size_t shortlist(std::size_t depth, std::size_t) const override {
    return depth * static_cast<std::size_t>(shortlist_);
  }
  void rerank(const RerankRequest& request, Slates& best) override;

 private:
  std::int64_t shortlist_ = 8;
};

}  // namespace perennial
