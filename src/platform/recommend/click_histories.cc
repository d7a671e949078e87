#include "platform/recommend/click_histories.h"

#include <algorithm>

namespace perennial {

void ClickHistories::start(std::size_t users, bool ids_only) {
  *this = {};
  ids_only_ = ids_only;
  clicked_.resize(users);
}

std::uint32_t ClickHistories::thing_of(const UserItem& pair) {
  const auto next = static_cast<std::uint32_t>(things_.size());
  if (pair.item == no_item) {
    if (ids_only_) return left_out;
    const auto [at, is_new] =
        of_unknown_item_.try_emplace((std::uint64_t{pair.creator} << 16) | pair.genre, next);
    if (is_new) things_.push_back({no_item, pair.creator, pair.genre});
    return at->second;
  }
  if (pair.item >= of_item_.size()) of_item_.resize(pair.item + std::size_t{1}, left_out);
  if (of_item_[pair.item] == left_out) {
    of_item_[pair.item] = next;
    things_.push_back({pair.item, ids_only_ ? no_creator : pair.creator, ids_only_ ? no_genre : pair.genre});
  }
  return of_item_[pair.item];
}

void ClickHistories::take_in_round(const InteractionRows& rows, std::size_t begin, std::size_t end) {
  for (std::size_t row = begin; row < end; ++row) {
    thing_of_.push_back(thing_of(rows.pair(row)));
    clicks_before_.push_back(static_cast<std::uint32_t>(clicked_[rows.user[row]].size()));
  }
  for (std::size_t row = begin; row < end; ++row) {
    if (rows.clicked[row] != 0 && thing_of_[row] != left_out)
      clicked_[rows.user[row]].push_back(thing_of_[row]);
  }
}

void ClickHistories::take_in(const InteractionRows& rows) {
  const std::size_t past = rows.rounds.empty() ? rows.size() : rows.rounds.front();
  while (thing_of_.size() < past) take_in_round(rows, thing_of_.size(), thing_of_.size() + 1);
  for (std::size_t r = 0; r < rows.rounds.size(); ++r) {
    const std::size_t begin = rows.rounds[r], end = rows.end_of_round(r);
    if (begin >= thing_of_.size()) take_in_round(rows, begin, end);
  }
}

}  // namespace perennial
