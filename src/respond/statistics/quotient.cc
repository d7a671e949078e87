#include "respond/statistics/quotient.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace perennial {
namespace {

constexpr double near_zero_se = 5;
constexpr double weak_f = 10;

}  // namespace

Estimate delta_method(const Quotient& q) {
  check(q.denominator != 0, "a quotient's denominator is not 0");
  const double ratio = q.numerator / q.denominator;
  const double variance =
      (q.numerator_variance + ratio * ratio * q.denominator_variance - 2 * ratio * q.covariance) /
      (q.denominator * q.denominator);
  return student_estimate(ratio, std::sqrt(std::max(0.0, variance)), q.degrees);
}

RatioSet fieller(const Quotient& q) {
  const double t = quantile(boost::math::students_t_distribution<double>(q.degrees), 0.975);
  // (n - b d)^2 <= t^2 (Vn - 2 b C + b^2 Vd) is a b^2 - 2 h b + c <= 0.
  const double a = q.denominator * q.denominator - t * t * q.denominator_variance;
  const double h = q.numerator * q.denominator - t * t * q.covariance;
  const double c = q.numerator * q.numerator - t * t * q.numerator_variance;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (a <= 0) return {-infinity, infinity, false};
  const double root = std::sqrt(std::max(0.0, h * h - a * c));
  return {(h - root) / a, (h + root) / a, true};
}

Lift relative_lift(const ArmMeans& means) {
  const Quotient q{means.treatment,        means.control,    means.treatment_variance,
                   means.control_variance, means.covariance, means.degrees};
  const Estimate ratio = delta_method(q);
  Lift lift{student_estimate(ratio.mean - 1, ratio.se, q.degrees)};
  lift.fieller = means.control * means.control < near_zero_se * near_zero_se * means.control_variance;
  if (!lift.fieller) return lift;
  const RatioSet set = fieller(q);
  lift.bounded = set.bounded;
  lift.estimate.low = set.low - 1;
  lift.estimate.high = set.high - 1;
  lift.estimate.p = difference(means).p;
  return lift;
}

Elasticity elasticity(const PairedDifferences& d) {
  const Quotient q{d.first, d.second, d.first_variance, d.second_variance, d.covariance, d.degrees};
  Elasticity found{delta_method(q), fieller(q)};
  found.first_stage_f = d.second_variance > 0 ? d.second * d.second / d.second_variance
                                              : std::numeric_limits<double>::infinity();
  found.weak = found.first_stage_f < weak_f;
  return found;
}

}  // namespace perennial
