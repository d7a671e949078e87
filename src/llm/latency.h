#pragma once

#include <array>
#include <cstdint>

namespace perennial {

/// Latencies counted in steps of 5% from 0.1 ms to an hour: quantiles of any number of requests in fixed memory.
class LatencyCounts {
 public:
  void add(double latency_s);

  /// Those counted since `before`, an earlier state of these.
  LatencyCounts since(const LatencyCounts& before) const;

  std::uint64_t count() const { return count_; }

  /// The latency that a share q of [0, 1] does not exceed, to 5%; 0 when nothing was counted.
  double quantile_s(double q) const;

 private:
  static constexpr std::size_t steps = 360;
  std::array<std::uint64_t, steps> counts_ = {};
  std::uint64_t count_ = 0;
};

}  // namespace perennial
