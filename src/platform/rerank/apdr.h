#pragma once

#include "platform/rerank/likeness.h"
#include "platform/rerank/reranker.h"
#include "platform/rerank/shortlist_cap.h"

namespace perennial {

/// Diminishing returns per kind (adaptive diversification, APDR): item by item, the highest
/// lambda relevance + (1 - lambda) (log2(2 + c) - log2(1 + c)), c = items of its kind (genre or creator) chosen so far.
class ApdrReranker final : public Reranker {
 public:
  Fields fields() override;
  std::size_t shortlist(std::size_t depth, std::size_t candidates) const override {
    return shortlist_.size(depth, candidates);
  }
  void rerank(const RerankRequest& request, Slates& best) override;

 private:
  double lambda_ = 0.5;
  Likeness likeness_;
  ShortlistCap shortlist_;
};

}  // namespace perennial
