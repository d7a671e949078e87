#pragma once

#include <cstdint>
#include <span>

#include "respond/statistics/estimate.h"

namespace perennial {

/// Who was treated, and who belongs together.
struct TwoArms {
  std::span<const std::uint8_t> treated;    ///< 1 treatment, 0 control; both occur at least twice
  std::span<const std::uint32_t> clusters;  ///< a code per value, arms may share one; empty: all independent

  std::size_t size() const { return treated.size(); }
};

/// One number per arm (a mean, a ratio of means) and how uncertain both are, from which differences and lifts follow.
struct ArmMeans {
  double treatment = 0;
  double control = 0;
  double treatment_variance = 0;  ///< of the estimate, not of the values
  double control_variance = 0;
  double covariance = 0;  ///< 0 unless clusters have creators in both arms
  double degrees = 0;     ///< of freedom of the difference: Welch-Satterthwaite, or clusters - 1
};

/// Means of independent values (variance s^2 / n), or of clustered ones: CR1, that is sums of residuals by cluster with
/// the factor G / (G - 1) x (N - 1) / (N - 2) over G clusters and N values.
ArmMeans arm_means(std::span<const double> values, const TwoArms& arms);

/// Ratios sum(numerator) / sum(denominator) by linearisation: the variance of a ratio R is that of the mean of
/// (numerator - R denominator) / mean denominator. Neither arm's denominator sums to 0.
ArmMeans arm_ratios(std::span<const double> numerator, std::span<const double> denominator,
                    const TwoArms& arms);

/// Treatment - control with Student's t.
Estimate difference(const ArmMeans& means);

/// Means of two quantities in the same creators, as differences between the arms with their covariance.
struct PairedDifferences {
  double first = 0;
  double second = 0;
  double first_variance = 0;
  double second_variance = 0;
  double covariance = 0;
  double degrees = 0;  ///< the smaller of both
};
PairedDifferences paired_differences(std::span<const double> first, std::span<const double> second,
                                     const TwoArms& arms);

}  // namespace perennial
