#include "platform/recommend/interaction_rows.h"

namespace perennial {

void InteractionRows::add(const UserItem& pair, bool click) {
  user.push_back(pair.user);
  item.push_back(pair.item);
  creator.push_back(pair.creator);
  genre.push_back(pair.genre);
  clicked.push_back(click ? 1 : 0);
}

void InteractionRows::add_past(std::span<const PastInteraction> past) {
  for (const auto& [past_user, past_creator, past_genre, click] : past) {
    add({past_user, no_item, past_creator, past_genre}, click);
  }
}

void InteractionRows::add_round(const RoundLog& log, const Items& items) {
  rounds.push_back(size());
  for (std::size_t row = 0; row < log.shown.rows(); ++row) {
    const auto slate = log.shown.row(row);
    for (std::size_t place = 0; place < slate.size() && slate[place] != no_item; ++place) {
      const ItemId shown = slate[place];
      add({log.active_users[row], shown, items.creator[shown], items.genre[shown]},
          log.clicked[row * log.shown.width + place] != 0);
    }
  }
}

}  // namespace perennial
