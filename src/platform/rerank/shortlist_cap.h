#pragma once

#include <algorithm>

#include "base/fields.h"

namespace perennial {

/// The setting `shortlist` of methods that look at all candidates: all, but no more per user than this.
struct ShortlistCap {
  std::int64_t most = 1000;

  void add_to(Fields& fields) {
    fields.integer("shortlist", most, {1, 1000000},
                   "candidates that the ranker lists per user at most, best first; memory is active users x "
                   "this x 8 bytes");
  }
  std::size_t size(std::size_t depth, std::size_t candidates) const {
    return std::max(depth, std::min(candidates, static_cast<std::size_t>(most)));
  }
};

}  // namespace perennial
