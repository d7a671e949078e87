#pragma once

#include <cstddef>
#include <vector>

namespace perennial {

/// What one creator did and got in one period.
struct PeriodCounts {
  double posts = 0;
  double impressions = 0;
  double engagement_first_half = 0;   ///< by one half of the users,
  double engagement_second_half = 0;  ///< and by the other: their noise is independent

  double engagement() const { return engagement_first_half + engagement_second_half; }
};

/// Creators x periods, from event logs.
struct CreatorPeriods {
  std::size_t periods = 0;
  std::vector<PeriodCounts> counts;  ///< creator by creator

  std::size_t creators() const { return periods == 0 ? 0 : counts.size() / periods; }
  const PeriodCounts& at(std::size_t creator, std::size_t period) const {
    return counts[creator * periods + period];
  }
};

}  // namespace perennial
