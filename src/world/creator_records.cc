#include "world/creator_records.h"

#include <algorithm>

#include "base/check.h"

namespace perennial {

void CreatorRecords::add_creator(std::span<const GenreCount> history) {
  const std::size_t row = size();
  history_.resize((row + 1) * genres_, 0);
  made_.resize((row + 1) * genres_, 0);
  clicks_.resize((row + 1) * genres_, 0);
  recent_items_.resize((row + 1) * recent_, no_item);
  items_made_.push_back(0);
  for (const auto& [genre, count] : history) history_[row * genres_ + genre] += count;
  const auto begin = history_.begin() + static_cast<std::ptrdiff_t>(row * genres_);
  last_genre_.push_back(static_cast<GenreId>(std::max_element(begin, history_.end()) - begin));
}

void CreatorRecords::made_item(CreatorId creator, ItemId item, GenreId genre) {
  recent_items_[creator * recent_ + items_made_[creator] % recent_] = item;
  ++items_made_[creator];
  ++made_[creator * genres_ + genre];
  last_genre_[creator] = genre;
}

std::size_t CreatorRecords::recent_count(CreatorId c) const {
  return std::min<std::size_t>(items_made_[c], recent_);
}

ItemId CreatorRecords::recent_item(CreatorId c, std::size_t newest_first) const {
  check(newest_first < recent_count(c), "recent_item() looks further back than the creator remembers");
  return recent_items_[c * recent_ + (items_made_[c] - 1 - newest_first) % recent_];
}

void CreatorRecords::persist(Archive& archive) {
  archive(genres_, recent_, history_, made_, clicks_, items_made_, last_genre_, recent_items_);
}

}  // namespace perennial
