#pragma once

#include <string>

#include "platform/rerank/reranker.h"
#include "platform/rerank/shortlist_cap.h"

namespace perennial {

/// Guarantees exposure in two phases (Patro et al., FairRec, WWW 2020). First every creator has l = floor(alpha T k / P)
/// places to give away (T users, slates of k, P creators with candidates): in turns, in id order, each user takes the best
/// item left on its list whose creator has places left. Then slates are filled by relevance. Items are shown in the order in
/// which they were taken.
///
/// A user that finds nothing is passed over. So a creator falls short of l only where it has fewer than k items that the
/// users with room could take; all that fall short have fewer than k such items together.
///
/// With level = "item", as in the original, each item has its own l = floor(alpha T k / I) places (I candidates).
class FairRecReranker final : public Reranker {
 public:
  Fields fields() override;
  std::size_t shortlist(std::size_t depth, std::size_t candidates) const override {
    return shortlist_.size(depth, candidates);
  }
  void rerank(const RerankRequest& request, Slates& best) override;

 private:
  double alpha_ = 0.5;
  std::string level_ = "creator";
  ShortlistCap shortlist_;
};

}  // namespace perennial
