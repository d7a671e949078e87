#include "study/interval.h"

#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/check.h"

namespace perennial {
namespace {

double quantile_975(std::size_t degrees_of_freedom) {
  return boost::math::quantile(boost::math::students_t(static_cast<double>(degrees_of_freedom)), 0.975);
}

/// The same from a table for few seeds: a report asks thousands of times for the same one.
double t_quantile(std::size_t degrees_of_freedom) {
  static const auto table = [] {
    std::array<double, 128> quantiles{};
    for (std::size_t i = 1; i < quantiles.size(); ++i) quantiles[i] = quantile_975(i);
    return quantiles;
  }();
  return degrees_of_freedom < table.size() ? table[degrees_of_freedom] : quantile_975(degrees_of_freedom);
}

}  // namespace

Interval interval_of(std::span<const double> values) {
  check(!values.empty(), "an interval needs at least one value");
  const auto count = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / count;
  if (values.size() == 1) return {mean, mean, mean};
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double half = t_quantile(values.size() - 1) * std::sqrt(squares / (count - 1) / count);
  return {mean, mean - half, mean + half};
}

Interval paired_difference(std::span<const double> a, std::span<const double> b) {
  check(a.size() == b.size(), "paired values come from the same seeds");
  std::vector<double> differences(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) differences[i] = a[i] - b[i];
  return interval_of(differences);
}

}  // namespace perennial
