#include "respond/statistics/kolmogorov_smirnov.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/check.h"

namespace perennial {
namespace {

/// P(K > x) of Kolmogorov's law: one of two series that both hold everywhere, whichever converges quickly at x.
double kolmogorov_tail(double x) {
  if (x <= 0) return 1;
  double sum = 0;
  if (x < 1) {
    for (int k = 1; k < 20; k += 2)
      sum += std::exp(-k * k * std::numbers::pi * std::numbers::pi / (8 * x * x));
    return std::clamp(1 - std::sqrt(2 * std::numbers::pi) / x * sum, 0.0, 1.0);
  }
  for (int k = 1; k < 20; ++k) sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2 * k * k * x * x);
  return std::clamp(sum, 0.0, 1.0);
}

}  // namespace

KolmogorovSmirnov kolmogorov_smirnov(std::span<const double> a, std::span<const double> b) {
  check(!a.empty() && !b.empty(), "both samples hold values");
  std::vector<double> x(a.begin(), a.end()), y(b.begin(), b.end());
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  const auto n = static_cast<double>(x.size()), m = static_cast<double>(y.size());
  KolmogorovSmirnov test;
  for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
    const double value = std::min(x[i], y[j]);
    while (i < x.size() && x[i] == value) ++i;
    while (j < y.size() && y[j] == value) ++j;
    test.distance =
        std::max(test.distance, std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m));
  }
  test.p = kolmogorov_tail(test.distance * std::sqrt(n * m / (n + m)));
  return test;
}

}  // namespace perennial
