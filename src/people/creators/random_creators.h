#pragma once

#include "people/creators/creator_model.h"

namespace perennial {

/// Makes any genre, all equally likely.
class RandomCreators final : public CreatorModel {
 public:
  Fields fields() override { return {}; }
  void start(const CreatorRecords&, std::uint64_t) override {}
  void decide(const CreationRequest& request, std::span<GenreId> made) override;
  void persist(Archive&) override {}
};

}  // namespace perennial
