#include "llm/latency.h"

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

constexpr double least_s = 1e-4;
const double log_step = std::log(1.05);

}  // namespace

void LatencyCounts::add(double latency_s) {
  const double step = std::round(std::log(std::max(latency_s, least_s) / least_s) / log_step);
  ++counts_[static_cast<std::size_t>(std::min(step, double{steps - 1}))];
  ++count_;
}

LatencyCounts LatencyCounts::since(const LatencyCounts& before) const {
  LatencyCounts later = *this;
  for (std::size_t step = 0; step < steps; ++step) later.counts_[step] -= before.counts_[step];
  later.count_ -= before.count_;
  return later;
}

double LatencyCounts::quantile_s(double q) const {
  if (count_ == 0) return 0;
  const double wanted = std::max(1.0, std::ceil(q * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  std::size_t step = 0;
  for (; step < steps - 1; ++step) {
    seen += counts_[step];
    if (static_cast<double>(seen) >= wanted) break;
  }
  return least_s * std::exp(log_step * static_cast<double>(step));
}

}  // namespace perennial
