#pragma once

#include <span>
#include <string>
#include <vector>

#include "platform/rerank/reranker.h"
#include "platform/rerank/shortlist_cap.h"

namespace perennial {

/// Moves a dual price mu per creator to the nearest one that max-min fairness of weight lambda allows: least
/// sum (rho_p (mu_p - nu_p))^2 over nu with sum_{p in S} rho_p nu_p >= -lambda for every set S of creators.
///
/// In z = rho mu only the negative entries are bound, together: they are moved onto the L1 ball of radius lambda (Duchi et
/// al., ICML 2008), the others stay.
class DualProjection {
 public:
  /// rho > 0, one per creator; lambda >= 0.
  DualProjection(std::span<const double> rho, double lambda)
      : rho_(rho.begin(), rho.end()), lambda_(lambda) {}
  /// In place.
  void apply(std::span<double> mu);

 private:
  std::vector<double> rho_;
  double lambda_;
  std::vector<double> debts_;  // scratch
};

/// Creators' max-min fairness online, by mirror descent on dual prices (Xu et al., P-MMF, WWW 2023): users are served one
/// after the other, each by relevance minus its creators' prices; who was shown less than its share of the candidates
/// becomes cheaper, who was shown more dearer, and who has had all its places comes last.
class PMmfReranker final : public Reranker {
 public:
  Fields fields() override;
  std::size_t shortlist(std::size_t depth, std::size_t candidates) const override {
    return shortlist_.size(depth, candidates);
  }
  void rerank(const RerankRequest& request, Slates& best) override;

 private:
  double step_size(const RerankRequest& request) const;

  double lambda_ = 0.5;
  double smoothing_ = 0.2;
  double step_ = 0.01;
  std::string step_by_ = "candidates";
  std::string gradient_ = "share";
  std::string rho_ = "share";
  ShortlistCap shortlist_;
};

}  // namespace perennial
