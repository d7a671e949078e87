#include "respond/evaluation/contrast.h"

#include <cmath>

#include "base/check.h"

namespace perennial {

void ContrastSums::add(std::span<const double> features, std::vector<Sums>& sums) {
  check(features.size() == sums.size(), "a creator has a value or NaN for every feature");
  for (std::size_t f = 0; f < features.size(); ++f) {
    Sums& sum = sums[f];
    if (std::isnan(features[f])) {
      ++sum.missing;
      continue;
    }
    ++sum.n;
    const double off = features[f] - sum.mean;
    sum.mean += off / sum.n;
    sum.squares += off * (features[f] - sum.mean);
  }
}

std::vector<Contrast> ContrastSums::contrasts() const {
  std::vector<Contrast> contrasts;
  const auto missing = [](const Sums& sums) {
    return sums.missing > 0 ? sums.missing / (sums.n + sums.missing) : 0;
  };
  for (std::size_t f = 0; f < high_.size(); ++f) {
    const Sums &high = high_[f], &low = low_[f];
    Contrast contrast{.high_mean = high.mean,
                      .low_mean = low.mean,
                      .high_missing = missing(high),
                      .low_missing = missing(low),
                      .difference = {}};
    if (high.n >= 2 && low.n >= 2) {
      const auto variance = [](const Sums& sums) { return sums.squares / (sums.n - 1) / sums.n; };
      contrast.difference = normal_estimate(high.mean - low.mean, std::sqrt(variance(high) + variance(low)));
    }
    contrasts.push_back(contrast);
  }
  return contrasts;
}

}  // namespace perennial
