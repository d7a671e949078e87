#pragma once

#include <span>
#include <vector>

namespace perennial {

// All in O(n log n) time and O(n) memory; two lists of the same length, finite. 0 where one of them is constant.

/// Ranks from 1 up, equal values share the mean of their ranks.
std::vector<double> average_ranks(std::span<const double> values);

double pearson_correlation(std::span<const double> a, std::span<const double> b);

/// Spearman's rho: Pearson's correlation of the average ranks.
double spearman_correlation(std::span<const double> a, std::span<const double> b);

/// Kendall's tau-b, which allows for ties (Knight 1966).
double kendall_correlation(std::span<const double> a, std::span<const double> b);

}  // namespace perennial
