#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "io/archive.h"
#include "world/creator_records.h"

namespace perennial {

/// One unit vector over genres per creator: what cfd and lbr move by feedback. Rows appear as creators do.
class TasteVectors {
 public:
  /// `from`: "history" (item counts before round 1, normalised) or "normal" (standard normal, normalised).
  void start(const std::string& from, std::uint64_t seed) {
    from_history_ = from == "history";
    seed_ = seed;
    values_.clear();
  }

  /// Makes rows up to those of `records`.
  void grow(const CreatorRecords& records);

  std::span<double> of(CreatorId creator) { return {values_.data() + creator * genres_, genres_}; }

  void persist(Archive& archive) { archive(genres_, seed_, from_history_, values_); }

 private:
  std::size_t genres_ = 0;
  std::uint64_t seed_ = 0;
  bool from_history_ = true;
  std::vector<double> values_;
};

}  // namespace perennial
