#include "respond/statistics/sequential.h"

#include <boost/math/special_functions/lambert_w.hpp>
#include <cmath>
#include <numbers>

#include "base/check.h"

namespace perennial {
namespace {

constexpr double alpha = 0.05;

/// planned_n r^2 that makes the half-width at planned_n smallest.
double best_scale() {
  return -boost::math::lambert_wm1(-alpha * alpha / std::numbers::e) - 1;
}

}  // namespace

ConfidenceInterval sequential_interval(const Estimate& estimate, double n, double planned_n) {
  check(n > 0 && planned_n > 0, "a sequential interval is of one value or more");
  const double scaled = best_scale() * n / planned_n;  // n r^2
  // s^2 / (n r)^2 = se^2 n / (n r)^2 = se^2 / (n r^2)
  const double half =
      estimate.se * std::sqrt(2 * (scaled + 1) / scaled * std::log(std::sqrt(scaled + 1) / alpha));
  return {estimate.mean - half, estimate.mean + half};
}

}  // namespace perennial
