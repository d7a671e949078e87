#pragma once

#include <span>
#include <vector>

#include "platform/rerank/creator_bonus.h"

namespace perennial {

/// How many of the round's places each creator may fill before all others come first: B_p = T k rho_p (T users, slates of
/// k, rho_p the creator's due share).
class PlaceBudgets {
 public:
  PlaceBudgets(const RerankRequest& request, std::span<const double> rho) : left_(rho.begin(), rho.end()) {
    for (double& places : left_)
      places *= static_cast<double>(request.users.size()) * static_cast<double>(request.slate);
  }
  /// Takes the places of one user's slate, an entry each.
  void take(std::span<const std::uint32_t> shown) {
    for (const std::uint32_t p : shown) --left_[p];
  }
  /// May be negative by less than a slate.
  double left(std::size_t p) const { return left_[p]; }
  /// What is taken off the relevance of a creator whose places are filled.
  double penalty(std::size_t p) const { return left_[p] <= 0 ? beyond_all : 0; }

 private:
  std::vector<double> left_;
};

}  // namespace perennial
