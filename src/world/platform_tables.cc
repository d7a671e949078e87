#include "world/platform_tables.h"

#include <algorithm>

namespace perennial {

void PlatformTables::account(const RoundLog& log, const Items& items) {
  std::fill(recent_clicks.begin(), recent_clicks.end(), 0);
  for (const ItemId item : log.made) ++made[items.genre[item]];
  for (std::size_t row = 0; row < log.shown.rows(); ++row) {
    const auto slate = log.shown.row(row);
    for (std::size_t place = 0; place < slate.size() && slate[place] != no_item; ++place) {
      const ItemId item = slate[place];
      const bool click = log.clicked[row * log.shown.width + place] != 0;
      const GenreId in = items.genre[item];
      of(log.active_users[row], in).add(click);
      creator[items.creator[item]].add(click);
      genre[in].add(click);
      all.add(click);
      recent_clicks[in] += click ? 1 : 0;
    }
  }
}

}  // namespace perennial
