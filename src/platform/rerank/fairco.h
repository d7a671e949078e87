#pragma once

#include <string>

#include "platform/rerank/reranker.h"
#include "platform/rerank/shortlist_cap.h"

namespace perennial {

/// Relevance + lambda (min_q L_q - L_p) / (rho_p T): the further a creator is ahead of the one shown least, measured by
/// what is due to it, the further down it comes (the proportional controller of FairCo, Morik et al., SIGIR 2020). Users
/// are served one after the other.
class FairCoReranker final : public Reranker {
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
