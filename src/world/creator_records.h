#pragma once

#include <span>
#include <vector>

#include "io/archive.h"
#include "world/ids.h"
#include "world/items.h"
#include "world/world.h"

namespace perennial {

/// What each creator may know of itself: its own items and their clicks, by genre. Row = CreatorId; creators who join
/// get new rows, creators who leave keep theirs. The platform knows the same.
class CreatorRecords {
 public:
  /// `recent` = how many of its latest items a creator remembers one by one (>= 1).
  CreatorRecords(std::size_t genres, std::size_t recent) : genres_(genres), recent_(recent) {}
  CreatorRecords() = default;

  void add_creator(std::span<const GenreCount> history);
  void made_item(CreatorId creator, ItemId item, GenreId genre);
  void got_clicks(CreatorId creator, GenreId genre, std::uint32_t clicks) {
    clicks_[creator * genres_ + genre] += clicks;
  }

  std::size_t size() const { return items_made_.size(); }
  std::size_t genres() const { return genres_; }

  /// Items made in a genre before round 1 / since, and clicks on the latter.
  std::uint32_t history(CreatorId c, GenreId g) const { return history_[c * genres_ + g]; }
  std::uint32_t made(CreatorId c, GenreId g) const { return made_[c * genres_ + g]; }
  std::uint32_t clicks(CreatorId c, GenreId g) const { return clicks_[c * genres_ + g]; }
  /// Has it ever made that genre, before round 1 or since?
  bool knows(CreatorId c, GenreId g) const { return history(c, g) + made(c, g) > 0; }
  /// clicks / items in a genre; 0 while it has made none since round 1 ("unknown").
  double average_clicks(CreatorId c, GenreId g) const {
    return made(c, g) == 0 ? 0.0 : double(clicks(c, g)) / made(c, g);
  }

  std::uint32_t items_made(CreatorId c) const { return items_made_[c]; }
  /// Genre of its latest item; before the first, the genre it made most (ties: lowest id).
  GenreId last_genre(CreatorId c) const { return last_genre_[c]; }
  /// Its latest items, newest first, at most `recent`.
  std::size_t recent_count(CreatorId c) const;
  ItemId recent_item(CreatorId c, std::size_t newest_first) const;

  void persist(Archive& archive);

 private:
  std::size_t genres_ = 0;
  std::size_t recent_ = 1;
  std::vector<std::uint32_t> history_, made_, clicks_;  // creators x genres
  std::vector<std::uint32_t> items_made_;
  std::vector<GenreId> last_genre_;
  std::vector<ItemId> recent_items_;  // creators x recent, a ring by items_made
};

}  // namespace perennial
