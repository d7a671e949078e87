#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace perennial {

/// Pearson's test of counts against what was expected.
struct ChiSquare {
  double statistic = 0;
  double degrees = 0;
  double p = 1;
};

/// P(chi-square law > statistic).
double chi_square_tail(double statistic, double degrees);

/// Are the counts those of a draw with these shares (positive, of any sum)? Nothing when a cell is expected to hold fewer
/// than 8: the law does not hold there.
std::optional<ChiSquare> sample_ratio_test(std::span<const std::uint64_t> counts,
                                           std::span<const double> shares);

}  // namespace perennial
