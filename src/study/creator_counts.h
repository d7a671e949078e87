#pragma once

#include <cstddef>
#include <vector>

#include "world/items.h"
#include "world/round_log.h"

namespace perennial {

/// What creators did and got over some rounds, as any platform counts it from its logs. Row = CreatorId; those who came
/// later than the counting began are not counted.
struct CreatorCounts {
  std::vector<double> posts;
  std::vector<double> impressions;
  std::vector<double> clicks;

  explicit CreatorCounts(std::size_t creators) : posts(creators), impressions(creators), clicks(creators) {}

  std::size_t size() const { return posts.size(); }
  void add(const RoundLog& log, const Items& items);
};

}  // namespace perennial
