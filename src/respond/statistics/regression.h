#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

#include "respond/statistics/estimate.h"

namespace perennial {

/// What the standard errors of a regression hold against: unequal spread of the errors (HC0 to HC3; MacKinnon and White
/// 1985), or errors that hang together within clusters as well (CR0, and CR1 with the factor C/(C-1) (n-1)/(n-k)).
enum class RobustErrors { hc0, hc1, hc2, hc3, cr0, cr1 };

/// A fitted linear regression.
struct Regression {
  Eigen::VectorXd coefficients;
  Eigen::MatrixXd covariance;  ///< of the coefficients

  /// By the normal law.
  Estimate estimate(Eigen::Index coefficient) const;
};

/// Weighted least squares of `outcome` on the columns of `design` (n x k, n > k; a constant must be among the columns if
/// one is wanted). `weights` > 0, empty: all 1. `clusters`: codes below the number of rows, for cr0 and cr1 only; empty
/// there: every row is a cluster of its own. Columns that follow from others get coefficient 0 and variance 0.
Regression least_squares(const Eigen::MatrixXd& design, std::span<const double> outcome,
                         std::span<const double> weights, RobustErrors errors,
                         std::span<const std::uint32_t> clusters = {});

}  // namespace perennial
