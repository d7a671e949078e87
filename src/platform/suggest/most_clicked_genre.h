#pragma once

#include "world/creator_records.h"

namespace perennial {

/// The genre that drew the creator most clicks since round 1 (ties: lowest id); no_genre before its first click.
inline GenreId most_clicked_genre(const CreatorRecords& records, CreatorId creator) {
  GenreId best = no_genre;
  std::uint32_t most = 0;
  for (std::size_t g = 0; g < records.genres(); ++g) {
    const auto clicks = records.clicks(creator, static_cast<GenreId>(g));
    if (clicks <= most) continue;
    most = clicks;
    best = static_cast<GenreId>(g);
  }
  return best;
}

}  // namespace perennial
