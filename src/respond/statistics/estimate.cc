#include "respond/statistics/estimate.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace perennial {
namespace {

template <class Law>
Estimate estimate(const Law& law, double mean, double se) {
  check(se >= 0, "a standard error is not negative");
  if (se == 0) {
    const double z = mean == 0 ? 0 : std::copysign(std::numeric_limits<double>::infinity(), mean);
    return {mean, 0, mean, mean, z, mean == 0 ? 1.0 : 0.0};
  }
  const double reach = quantile(law, 0.975) * se;
  const double z = mean / se;
  return {mean, se, mean - reach, mean + reach, z, 2 * cdf(complement(law, std::abs(z)))};
}

}  // namespace

Estimate normal_estimate(double mean, double se) {
  return estimate(boost::math::normal_distribution<double>(), mean, se);
}

Estimate student_estimate(double mean, double se, double degrees) {
  return estimate(boost::math::students_t_distribution<double>(degrees), mean, se);
}

}  // namespace perennial
