#pragma once

#include "people/creators/creator_model.h"

namespace perennial {

/// Draws a genre from what it made before round 1, in proportion; what happens on the platform does not move it.
class HistoryCreators final : public CreatorModel {
 public:
  Fields fields() override { return {}; }
  void start(const CreatorRecords&, std::uint64_t) override {}
  void decide(const CreationRequest& request, std::span<GenreId> made) override;
  void persist(Archive&) override {}
};

}  // namespace perennial
