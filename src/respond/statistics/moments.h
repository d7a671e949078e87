#pragma once

#include <span>

namespace perennial {

/// Mean and variance of a sample.
struct Moments {
  double mean = 0;
  double variance = 0;  ///< with n - 1; 0 for a single value
};

/// Of one value or more.
Moments moments(std::span<const double> values);

/// With n - 1. Same lengths, two values or more.
double covariance(std::span<const double> a, std::span<const double> b);

/// Pearson's; 0 when either is constant.
double correlation(std::span<const double> a, std::span<const double> b);

}  // namespace perennial
