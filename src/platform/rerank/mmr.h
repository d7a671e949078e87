#pragma once

#include "platform/rerank/likeness.h"
#include "platform/rerank/reranker.h"
#include "platform/rerank/shortlist_cap.h"

namespace perennial {

/// Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): item by item, the highest
/// lambda relevance - (1 - lambda) max similarity to what was chosen. Two items have similarity 1 if they are of one kind
/// (genre or creator), else 0.
class MmrReranker final : public Reranker {
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
