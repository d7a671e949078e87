#pragma once

#include <string>

#include "people/creators/creator_model.h"
#include "people/creators/taste_vectors.h"

namespace perennial {

/// Creator feature dynamics: a unit vector over genres moves towards what drew clicks, v <- norm(v + eta q), and the
/// creator makes the genre of its largest entry. q = average clicks per genre, 0 if unknown.
class CreatorFeatureDynamics final : public CreatorModel {
 public:
  Fields fields() override;
  void start(const CreatorRecords& records, std::uint64_t seed) override;
  void decide(const CreationRequest& request, std::span<GenreId> made) override;
  void persist(Archive& archive) override { tastes_.persist(archive); }

 private:
  double eta_ = 0.1;
  std::string first_taste_ = "history";
  TasteVectors tastes_;
};

}  // namespace perennial
