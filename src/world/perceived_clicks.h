#pragma once

#include <vector>

#include "io/archive.h"
#include "world/creator_records.h"
#include "world/ids.h"
#include "world/items.h"

namespace perennial {

/// What creators feel of the clicks on their items, which is all that creators go by: a click counts by the weight that
/// an incentive gives its user. Without an incentive every click counts 1: these are then the counts of the records and
/// items, exactly, and nothing else is kept.
class PerceivedClicks {
 public:
  /// The counts themselves.
  PerceivedClicks() = default;
  /// Clicks by weight; nothing felt yet.
  static PerceivedClicks by_weight(std::size_t genres);

  bool weighted() const { return genres_ > 0; }

  /// Adds a click of that weight (>= 0) on an item; only where clicks are weighted.
  void add(const Items& items, ItemId item, double weight);

  /// On an item so far.
  double on(const Items& items, ItemId item) const {
    if (!weighted()) return items.clicked[item];
    return item < on_item_.size() ? on_item_[item] : 0;
  }
  /// On a creator's items in a genre since round 1.
  double in_genre(const CreatorRecords& records, CreatorId creator, GenreId genre) const {
    if (!weighted()) return records.clicks(creator, genre);
    const std::size_t at = creator * genres_ + genre;
    return at < in_genre_.size() ? in_genre_[at] : 0;
  }
  /// That per item made; 0 while it has made none since round 1 ("unknown").
  double average(const CreatorRecords& records, CreatorId creator, GenreId genre) const {
    const auto made = records.made(creator, genre);
    return made == 0 ? 0.0 : in_genre(records, creator, genre) / made;
  }

  void persist(Archive& archive) { archive(genres_, on_item_, in_genre_); }

 private:
  std::size_t genres_ = 0;        // 0: clicks are not weighted
  std::vector<double> on_item_;   // row = ItemId, up to the last one clicked
  std::vector<double> in_genre_;  // creators x genres, up to the last creator clicked
};

}  // namespace perennial
