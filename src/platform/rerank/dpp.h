#pragma once

#include "platform/rerank/likeness.h"
#include "platform/rerank/reranker.h"
#include "platform/rerank/shortlist_cap.h"

namespace perennial {

/// A determinantal point process: the slate is to span a large volume, det of the kernel s_i s_j sim_ij over its items
/// (s relevance). Chosen greedily, each item adding the most, by an incremental Cholesky factor (Chen et al., NeurIPS 2018,
/// algorithm 1). Where nothing adds volume any more, the rest follows by relevance.
///
/// Similarity is the product of fixed vectors, the same in every run: a kind (genre or creator) is a unit vector of its own
/// plus a part that all kinds share; an item is its kind's vector plus a part of its own. So sim = same_kind between two items
/// of one kind, same_kind x other_kind between kinds. The defaults, 1 and 0, are the limit of the long random vectors per
/// kind in the authors' code.
class DppReranker final : public Reranker {
 public:
  Fields fields() override;
  std::size_t shortlist(std::size_t depth, std::size_t candidates) const override {
    return shortlist_.size(depth, candidates);
  }
  void rerank(const RerankRequest& request, Slates& best) override;

 private:
  double same_kind_ = 1;
  double other_kind_ = 0;
  Likeness likeness_;
  ShortlistCap shortlist_;
};

}  // namespace perennial
