#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "io/archive.h"
#include "world/ids.h"

namespace perennial {

/// The items each user was shown lately, clicked or not: a ring of fixed length per user, so memory is flat.
/// A length of recency x slate is enough to never show a candidate twice.
class ShownItems {
 public:
  ShownItems() = default;
  ShownItems(std::size_t users, std::size_t length)
      : length_(length), items_(users * length, no_item), next_(users, 0) {}

  /// Items remembered per user.
  std::size_t length() const { return length_; }

  bool contains(UserId user, ItemId item) const {
    const auto seen = row(user);
    return std::find(seen.begin(), seen.end(), item) != seen.end();
  }
  std::span<const ItemId> row(UserId user) const { return {items_.data() + user * length_, length_}; }
  void add(UserId user, ItemId item) {
    items_[user * length_ + next_[user]] = item;
    next_[user] = static_cast<std::uint32_t>((next_[user] + 1) % length_);
  }

  void persist(Archive& archive) { archive(length_, items_, next_); }

 private:
  std::size_t length_ = 0;
  std::vector<ItemId> items_;
  std::vector<std::uint32_t> next_;
};

}  // namespace perennial
