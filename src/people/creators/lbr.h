#pragma once

#include <string>

#include "people/creators/creator_model.h"
#include "people/creators/taste_vectors.h"

namespace perennial {

/// Local better response: a creator tries a random step of its unit vector over genres and keeps it if it points more
/// towards what drew clicks (v'.q > v.q), then makes the genre of its largest entry.
class LocalBetterResponse final : public CreatorModel {
 public:
  Fields fields() override;
  void start(const CreatorRecords& records, std::uint64_t seed) override;
  void decide(const CreationRequest& request, std::span<GenreId> made) override;
  void persist(Archive& archive) override { tastes_.persist(archive); }

 private:
  void try_step(const CreationRequest& request, CreatorId creator);

  double eta_ = 0.1;
  std::string first_taste_ = "history";
  TasteVectors tastes_;
};

}  // namespace perennial
