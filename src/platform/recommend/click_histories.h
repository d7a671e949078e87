#pragma once

#include <algorithm>
#include <span>
#include <unordered_map>
#include <vector>

#include "platform/recommend/interaction_rows.h"

namespace perennial {

/// What a user meets, as a history sees it: an item; or, where the item is unknown, its creator and genre.
struct Thing {
  ItemId item;
  CreatorId creator;
  GenreId genre;
};

/// What each user had clicked before each interaction: kept from InteractionRows as they grow.
///
/// An interaction before round 1 comes after those listed before it. Everything of one round comes after the rounds before,
/// and nothing of a slate is in the history of another place of it, least of all a clicked item in its own: that is what the
/// ranker could know when it ranked.
///
/// Memory: 12 bytes a row, 4 a click, 16 per distinct thing.
class ClickHistories {
 public:
  /// Forgets everything. With `ids_only`, items are nothing but their ids, and rows without one are left out.
  void start(std::size_t users, bool ids_only);
  /// Takes in what `rows` got since the last call.
  void take_in(const InteractionRows& rows);

  std::size_t users() const { return clicked_.size(); }
  /// All things met so far, in the order they were first met; below, things are places in this list.
  std::span<const Thing> things() const { return things_; }
  /// What this row is about; `left_out` for a row without an item, where only ids count.
  static constexpr std::uint32_t left_out = 0xFFFFFFFF;
  std::uint32_t thing(std::size_t row) const { return thing_of_[row]; }
  /// The last things, `most` at most, that the row's user had clicked before it; oldest first.
  std::span<const std::uint32_t> before(const InteractionRows& rows, std::size_t row,
                                        std::size_t most) const {
    return last_of(rows.user[row], clicks_before_[row], most);
  }
  /// The same of everything so far.
  std::span<const std::uint32_t> latest(UserId user, std::size_t most) const {
    return last_of(user, clicked_[user].size(), most);
  }

 private:
  std::span<const std::uint32_t> last_of(UserId user, std::size_t clicks, std::size_t most) const {
    const std::size_t count = std::min(clicks, most);
    return {clicked_[user].data() + (clicks - count), count};
  }
  std::uint32_t thing_of(const UserItem& pair);
  void take_in_round(const InteractionRows& rows, std::size_t begin, std::size_t end);

  bool ids_only_ = false;
  std::vector<Thing> things_;
  std::vector<std::uint32_t> of_item_;  // row = ItemId
  std::unordered_map<std::uint64_t, std::uint32_t> of_unknown_item_;
  std::vector<std::vector<std::uint32_t>> clicked_;      // row = UserId
  std::vector<std::uint32_t> thing_of_, clicks_before_;  // per row
};

}  // namespace perennial
