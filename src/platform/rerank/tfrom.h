#pragma once

#include "platform/rerank/reranker.h"
#include "platform/rerank/shortlist_cap.h"

namespace perennial {

/// Holds every creator's exposure to its share of the candidates (TFROM, Wu et al., SIGIR 2021, uniform fairness, online):
/// a place of rank r is worth 1 / log2(r + 1). Users are served one after the other; place by place, each is given the best
/// item whose creator stays within E_t n_p / I (E_t the worth of all slates up to this user's, n_p of I candidates). Places
/// that nobody may fill are filled after by relevance.
class TfromReranker final : public Reranker {
 public:
  Fields fields() override;
  std::size_t shortlist(std::size_t depth, std::size_t candidates) const override {
    return shortlist_.size(depth, candidates);
  }
  void rerank(const RerankRequest& request, Slates& best) override;

 private:
  ShortlistCap shortlist_;
};

}  // namespace perennial
