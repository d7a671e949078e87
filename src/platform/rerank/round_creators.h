#pragma once

#include <cstdint>
#include <vector>

#include "platform/rerank/reranker.h"

namespace perennial {

/// The creators who have candidates this round, numbered 0, 1, .. by ascending id: nobody else can be shown.
class RoundCreators {
 public:
  explicit RoundCreators(const RerankRequest& request);

  std::size_t size() const { return ids_.size(); }
  CreatorId id(std::size_t number) const { return ids_[number]; }
  /// The number of a candidate's creator.
  std::uint32_t of(ItemId item) const { return number_[items_->creator[item]]; }
  /// How many candidates are the creator's own (n_p), and their share of all (rho_p).
  std::uint32_t candidates(std::size_t number) const { return counts_[number]; }
  double share(std::size_t number) const { return counts_[number] / static_cast<double>(all_); }

 private:
  const Items* items_;
  std::size_t all_;
  std::vector<CreatorId> ids_;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> number_;  // row = CreatorId
};

}  // namespace perennial
