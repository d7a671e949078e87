#include "study/creator_counts.h"

namespace perennial {

void CreatorCounts::add(const RoundLog& log, const Items& items) {
  for (const ItemId item : log.made) {
    if (items.creator[item] < size()) ++posts[items.creator[item]];
  }
  for (std::size_t place = 0; place < log.shown.items.size(); ++place) {
    const ItemId item = log.shown.items[place];
    if (item == no_item || items.creator[item] >= size()) continue;
    ++impressions[items.creator[item]];
    clicks[items.creator[item]] += log.clicked[place];
  }
}

}  // namespace perennial
