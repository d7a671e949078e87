#pragma once

#include <span>
#include <vector>

namespace perennial {

/// Quantiles of type 7 (Hyndman and Fan 1996; the default of R and NumPy): between order statistics (n-1) p, linearly.
/// `values` is not empty and finite, in any order; shares in [0, 1].
std::vector<double> quantiles(std::span<const double> values, std::span<const double> shares);

double quantile(std::span<const double> values, double share);

}  // namespace perennial
