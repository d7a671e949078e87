#include "respond/statistics/cuped.h"

#include "base/check.h"
#include "respond/statistics/moments.h"

namespace perennial {

Cuped cuped(std::span<const double> values, std::span<const double> before) {
  check(values.size() == before.size(), "every value has one before");
  const Moments past = moments(before);
  const Moments raw = moments(values);
  Cuped result;
  if (past.variance > 0) result.theta = covariance(values, before) / past.variance;
  result.adjusted.assign(values.begin(), values.end());
  for (std::size_t i = 0; i < before.size(); ++i)
    result.adjusted[i] -= result.theta * (before[i] - past.mean);
  if (raw.variance > 0) result.variance_ratio = moments(result.adjusted).variance / raw.variance;
  return result;
}

}  // namespace perennial
