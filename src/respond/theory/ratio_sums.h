#pragma once

#include <cstddef>

#include "respond/statistics/estimate.h"

namespace perennial {

/// sum(numerator) / sum(denominator) over independent units (creators, users), each added once: in fixed memory.
struct RatioSums {
  std::size_t units = 0;
  double numerator = 0, denominator = 0;
  double numerator_squares = 0, products = 0, denominator_squares = 0;

  void add(double unit_numerator, double unit_denominator);

  bool defined() const { return units > 1 && denominator > 0; }
  double ratio() const { return numerator / denominator; }
  /// Of the ratio, by linearisation: n / (n - 1) sum over units of (numerator - ratio denominator)^2 / denominator^2.
  double variance() const;

  /// A share: the normal interval, cut off at 0 and 1. defined() holds.
  Estimate share() const;
};

/// first / second - 1 of two ratios over different units. The interval is Student's t in the logarithm, with one less than the units
/// of the smaller group as degrees of freedom. Both are defined and above 0.
Estimate relative_difference(const RatioSums& first, const RatioSums& second);

}  // namespace perennial
