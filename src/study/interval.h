#pragma once

#include <span>

namespace perennial {

/// A mean over seeds with its 95% confidence interval (Student's t; the interval is the mean itself for one value).
struct Interval {
  double mean = 0;
  double low = 0;
  double high = 0;
};

Interval interval_of(std::span<const double> values);

/// The mean difference a[i] - b[i] over paired seeds, with its 95% interval. Same lengths.
Interval paired_difference(std::span<const double> a, std::span<const double> b);

}  // namespace perennial
