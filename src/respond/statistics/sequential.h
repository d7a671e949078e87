#pragma once

#include "respond/statistics/estimate.h"

namespace perennial {

/// An interval that may be looked at as often as one likes.
struct ConfidenceInterval {
  double low = 0;
  double high = 0;
};

/// Always-valid 95% interval of a mean of `n` values with standard error `estimate.se` (s / sqrt n): all intervals of all
/// looks hold at once with 95%, for as long as `planned_n`, at which they are tightest, stays the same at every look.
///
/// Asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Annals of Statistics 2024):
/// half-width s sqrt(2 (n r^2 + 1) / (n r)^2 ln(sqrt(n r^2 + 1) / 0.05)).
ConfidenceInterval sequential_interval(const Estimate& estimate, double n, double planned_n);

}  // namespace perennial
