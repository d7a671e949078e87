#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "respond/statistics/two_sample.h"

namespace perennial {

/// For tests: creators' posts as platforms see them, three of four zero and the others with a heavy tail, and arms.
class Samples {
 public:
  explicit Samples(std::uint64_t seed) : draws_(seed, Purpose::world) {}

  /// Posts of creator i; its mean is about 0.77, its coefficient of variation about 3.5.
  double posts(std::uint32_t i, std::uint32_t period = 0) const {
    if (!draws_.coin(0.25, i, period, 1)) return 0;
    return std::exp(1.1 * draws_.normal(i, 0, 2) * 0.7 + 1.1 * draws_.normal(i, period + 1, 3) * 0.7 + 0.5);
  }
  double normal(std::uint32_t i, std::uint32_t index = 0) const { return draws_.normal(i, index, 4); }
  std::uint8_t treated(std::uint32_t i, double share = 0.5) const {
    return draws_.coin(share, i, 0, 5) ? 1 : 0;
  }

  std::vector<double> posts_of(std::uint32_t n, std::uint32_t period = 0) const {
    std::vector<double> values(n);
    for (std::uint32_t i = 0; i < n; ++i) values[i] = posts(i, period);
    return values;
  }
  std::vector<std::uint8_t> arms_of(std::uint32_t n, double share = 0.5) const {
    std::vector<std::uint8_t> arms(n);
    for (std::uint32_t i = 0; i < n; ++i) arms[i] = treated(i, share);
    return arms;
  }

 private:
  Draws draws_;
};

/// For tests: how often something happened in how many tries.
struct Rate {
  double happened = 0;
  double tries = 0;

  void add(bool it) {
    happened += it ? 1 : 0;
    tries += 1;
  }
  double share() const { return happened / tries; }
  /// Four standard errors of a share that is p.
  double tolerance(double p) const { return 4 * std::sqrt(p * (1 - p) / tries); }
};

}  // namespace perennial
