#include "respond/theory/ratio_sums.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace perennial {

void RatioSums::add(double unit_numerator, double unit_denominator) {
  ++units;
  numerator += unit_numerator;
  denominator += unit_denominator;
  numerator_squares += unit_numerator * unit_numerator;
  products += unit_numerator * unit_denominator;
  denominator_squares += unit_denominator * unit_denominator;
}

double RatioSums::variance() const {
  const double r = ratio();
  const double squares = numerator_squares - 2 * r * products + r * r * denominator_squares;
  const double n = static_cast<double>(units);
  return n / (n - 1) * std::max(0.0, squares) / (denominator * denominator);
}

Estimate RatioSums::share() const {
  check(defined(), "a share of something");
  Estimate share = normal_estimate(ratio(), std::sqrt(variance()));
  share.low = std::max(0.0, share.low);
  share.high = std::min(1.0, share.high);
  return share;
}

Estimate relative_difference(const RatioSums& first, const RatioSums& second) {
  check(first.defined() && second.defined() && first.numerator > 0 && second.numerator > 0,
        "two ratios above 0");
  const auto relative_variance = [](const RatioSums& r) { return r.variance() / (r.ratio() * r.ratio()); };
  const double quotient = first.ratio() / second.ratio();
  const Estimate logarithm =
      student_estimate(std::log(quotient), std::sqrt(relative_variance(first) + relative_variance(second)),
                       static_cast<double>(std::min(first.units, second.units) - 1));
  return {quotient - 1,
          quotient * logarithm.se,
          quotient * std::exp(logarithm.low - logarithm.mean) - 1,
          quotient * std::exp(logarithm.high - logarithm.mean) - 1,
          logarithm.z,
          logarithm.p};
}

}  // namespace perennial
