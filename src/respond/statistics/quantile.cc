#include "respond/statistics/quantile.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace perennial {

std::vector<double> quantiles(std::span<const double> values, std::span<const double> shares) {
  check(!values.empty(), "quantiles need values");
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> found;
  for (const double share : shares) {
    check(share >= 0 && share <= 1, "the share of a quantile lies in [0, 1]");
    const double place = static_cast<double>(sorted.size() - 1) * share;
    const auto below = static_cast<std::size_t>(place);
    const double low = sorted[below], high = sorted[std::min(below + 1, sorted.size() - 1)];
    found.push_back(low + (place - std::floor(place)) * (high - low));
  }
  return found;
}

double quantile(std::span<const double> values, double share) {
  return quantiles(values, {&share, 1}).front();
}

}  // namespace perennial
