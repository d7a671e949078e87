#include "study/score_boost.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/random.h"

namespace perennial {

std::vector<float> score_boost(std::span<const double> score, std::span<const double> exposure,
                               double strength, double clip) {
  check(score.size() == exposure.size() && !score.empty(), "every score has an exposure");
  const auto count = static_cast<double>(score.size());
  double mean = 0, variance = 0;
  for (const double s : score) mean += s / count;
  for (const double s : score) variance += (s - mean) * (s - mean) / count;
  const double scale = variance > 0 ? strength / std::sqrt(variance) : 0;
  std::vector<double> factors;
  double weighted = 0, weight = 0;
  for (std::size_t c = 0; c < score.size(); ++c) {
    factors.push_back(std::clamp(std::exp(scale * (score[c] - mean)), 1 / clip, clip));
    weighted += exposure[c] * factors[c];
    weight += exposure[c];
  }
  const double centre = weight > 0 ? weighted / weight : 1;
  std::vector<float> boost;
  boost.reserve(factors.size());
  for (const double factor : factors) boost.push_back(static_cast<float>(factor / centre));
  return boost;
}

std::vector<double> permuted(const std::vector<double>& values, std::uint64_t future) {
  const Draws draws(future, Purpose::rerank);
  std::vector<double> shuffled = values;
  for (std::uint32_t left = static_cast<std::uint32_t>(values.size()); left > 1; --left)
    std::swap(shuffled[left - 1], shuffled[draws.below(left, left)]);
  return shuffled;
}

}  // namespace perennial
