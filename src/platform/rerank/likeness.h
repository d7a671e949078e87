#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/rerank/reranker.h"

namespace perennial {

/// The setting `alike` of methods that spread a slate: which items count as of one kind.
struct Likeness {
  std::string by = "genre";

  void add_to(Fields& fields) {
    fields.text("alike", by, "items are of one kind when they share this", {"genre", "creator"});
  }
  /// The kind of each listed item of a user, into `kinds` (its memory is used again).
  void kinds_of(const RerankRequest& request, std::span<const ItemId> items,
                std::vector<std::uint32_t>& kinds) const {
    kinds.resize(items.size());
    const bool genre = by == "genre";
    for (std::size_t i = 0; i < items.size(); ++i)
      kinds[i] = genre ? request.items.genre[items[i]] : request.items.creator[items[i]];
  }
};

}  // namespace perennial
