#pragma once

#include <cstddef>
#include <vector>

#include "world/round_log.h"

namespace perennial {

/// What users were shown and clicked over some rounds, as any platform counts it from its logs. Row = UserId.
struct UserCounts {
  std::vector<double> impressions;
  std::vector<double> clicks;

  explicit UserCounts(std::size_t users) : impressions(users), clicks(users) {}

  std::size_t size() const { return impressions.size(); }
  void add(const RoundLog& log);

  /// Clicks per item shown, mean over the tenth of users (at least one) for whom that is least; users who were shown
  /// nothing are left out. 0 when there are no others.
  double worst_decile() const;
};

}  // namespace perennial
