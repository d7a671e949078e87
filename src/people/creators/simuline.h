#pragma once

#include <string>

#include "people/creators/creator_model.h"

namespace perennial {

/// SimuLine: a creator picks a recent item with probability softmax(c x clicks) and makes its genre again. Among its own
/// items (default) or, as the public code does, among everybody's. Before any item: a genre from its history.
class SimuLineCreators final : public CreatorModel {
 public:
  Fields fields() override;
  std::size_t memory() const override { return scope_ == "own" ? static_cast<std::size_t>(memory_) : 1; }
  void start(const CreatorRecords&, std::uint64_t) override {}
  void decide(const CreationRequest& request, std::span<GenreId> made) override;
  void persist(Archive&) override {}

 private:
  void remember_own(const CreationRequest& request, CreatorId creator, std::vector<ItemId>& items) const;
  void remember_all(const CreationRequest& request, std::vector<ItemId>& items) const;

  double concentration_ = 0.5;
  std::string scope_ = "own";
  std::int64_t memory_ = 10;
};

}  // namespace perennial
