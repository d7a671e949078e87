#pragma once

#include "base/fields.h"
#include "base/random.h"
#include "world/creator_records.h"

namespace perennial {

/// Quality of what a creator makes: 1 in its home genres (those it made before round 1), elsewhere rising with practice
/// from `floor` to 1: floor + (1 - floor)(1 - exp(-n / practice)), n = items it has made there since round 1.
class Skill {
 public:
  Fields fields();

  /// Expected quality of the next item.
  double expected(const CreatorRecords& records, CreatorId creator, GenreId genre) const;

  /// Quality of the item made this round: the expected one times log-normal noise of mean 1.
  double of_new_item(const CreatorRecords& records, CreatorId creator, GenreId genre,
                     const Draws& draws) const;

 private:
  double floor_ = 1;
  double practice_ = 5;
  double noise_ = 0;
};

}  // namespace perennial
