#pragma once

#include <span>
#include <vector>

#include "world/ids.h"

namespace perennial {

/// Lists of items, one per user, all of the same width, best first; short ones are padded with no_item.
struct Slates {
  std::size_t width = 0;
  std::vector<ItemId> items;  ///< rows x width
  std::vector<float> scores;  ///< rows x width; what the ranker thinks of each

  std::size_t rows() const { return width == 0 ? 0 : items.size() / width; }
  std::span<const ItemId> row(std::size_t r) const { return {items.data() + r * width, width}; }
  std::span<ItemId> row(std::size_t r) { return {items.data() + r * width, width}; }
  std::span<const float> row_scores(std::size_t r) const { return {scores.data() + r * width, width}; }
  std::span<float> row_scores(std::size_t r) { return {scores.data() + r * width, width}; }

  /// Empties all rows: no_item, score 0.
  void reset(std::size_t rows, std::size_t new_width) {
    width = new_width;
    items.assign(rows * width, no_item);
    scores.assign(rows * width, 0.0F);
  }
};

}  // namespace perennial
