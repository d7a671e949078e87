#pragma once

namespace perennial {

/// What the power of a comparison of two means depends on. Effects are relative: 0.01 is +1% of the control mean.
struct PowerDesign {
  double cv = 1;             ///< standard deviation of the outcome over its mean; positive
  double correlation = 0;    ///< of the outcome with its pre-period value (CUPED takes it out); in (-1, 1)
  double control_ratio = 1;  ///< control creators per treated one
  double cluster_size = 1;   ///< creators per cluster; 1: randomised one by one
  double icc = 0;            ///< correlation of creators within a cluster, in [0, 1]
  double alpha = 0.05;       ///< of the two-sided test
};

/// Standard error of the relative difference with that many treated creators:
/// CV sqrt((1 - rho^2) (1 + 1 / control_ratio) / n x design effect).
double relative_se(const PowerDesign& design, double treated);

/// What clusters cost: variance is 1 + (m - 1) ICC times as large.
double design_effect(const PowerDesign& design);

/// Chance to find an effect of that size (> 0) with the sign it has, by the noncentral t law.
double power_of(const PowerDesign& design, double treated, double effect);

/// Treated creators for that power, not rounded. By the normal law this is, for equal arms,
/// 2 (z_{1-a/2} + z_{1-b})^2 CV^2 (1 - rho^2) / effect^2.
double creators_for_power(const PowerDesign& design, double effect, double power);

/// The smallest effect found with that power.
double detectable_effect(const PowerDesign& design, double treated, double power);

/// Treated creators for a 95% interval of effect +- half_width.
double creators_for_half_width(const PowerDesign& design, double half_width);

}  // namespace perennial
