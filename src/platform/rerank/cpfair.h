#pragma once

#include <string>

#include "platform/rerank/reranker.h"
#include "platform/rerank/shortlist_cap.h"

namespace perennial {

/// Relevance + lambda (1 - L_p / sum L): the smaller a creator's part of the places shown so far, the further up it comes
/// (the greedy form of CPFair, Naghiaei et al., SIGIR 2022, for creators alone). Users are served one after the other.
class CpFairReranker final : public Reranker {
 public:
  Fields fields() override;
  std::size_t shortlist(std::size_t depth, std::size_t candidates) const override {
    return shortlist_.size(depth, candidates);
  }
  void rerank(const RerankRequest& request, Slates& best) override;

 private:
  double lambda_ = 0.5;
  std::string since_ = "round";
  bool budget_ = false;
  ShortlistCap shortlist_;
};

}  // namespace perennial
