#pragma once

#include <optional>
#include <vector>

#include "platform/recommend/interaction_rows.h"

namespace perennial {

/// Draws things a user did not click: rows it skipped, and items it was never shown. An item is itself in
/// every row; what happened before round 1 has no item, there the same creator and genre count as the same
/// thing.
///
/// Refers to `rows` and `items`; built in O(rows), a draw costs O(log rows of the user) on average.
class NegativeSampler {
 public:
  /// With `ids_only`, rows without an item are left out.
  NegativeSampler(const InteractionRows& rows, const Items& items, bool ids_only);

  /// A skipped row with probability `shown_share`, else an unseen item; the other kind where there is none;
  /// nothing where there is neither. Addressed by (draws, address, epoch).
  std::optional<UserItem> draw(UserId user, double shown_share, const Draws& draws, std::uint32_t address,
                               std::uint32_t epoch) const;

 private:
  /// One user's part of a flat array.
  struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  std::optional<UserItem> skipped(UserId user, double u) const;
  std::optional<UserItem> unseen(UserId user, const Draws& draws, std::uint32_t address,
                                 std::uint32_t epoch) const;
  bool was_shown(UserId user, ItemId item) const;

  const Items& items_;
  std::vector<Part> skipped_parts_, shown_parts_;  // row = UserId
  std::vector<UserItem> skipped_;                  // by user, then row
  std::vector<ItemId> shown_;                      // by user, ascending
};

}  // namespace perennial
