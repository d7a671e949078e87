#include "respond/statistics/power.h"

#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>

#include "base/check.h"

namespace perennial {
namespace {

/// Beyond these degrees of freedom the t laws and the normal law differ by less than 1e-6 in power.
constexpr double normal_degrees = 1e6;

double degrees_of(const PowerDesign& design, double treated) {
  return std::max(1.0, treated * (1 + design.control_ratio) / design.cluster_size - 2);
}

/// Where an increasing function of a positive number reaches 0, starting from a guess.
template <class Function>
double root_of(const Function& increasing, double guess) {
  std::uintmax_t steps = 200;
  const auto bracket = boost::math::tools::bracket_and_solve_root(
      increasing, guess, 1.1, true, boost::math::tools::eps_tolerance<double>(45), steps);
  return (bracket.first + bracket.second) / 2;
}

double normal_quantile(double p) {
  return quantile(boost::math::normal_distribution<double>(), p);
}

void check_design(const PowerDesign& design) {
  check(design.cv > 0 && std::abs(design.correlation) < 1 && design.control_ratio > 0 &&
            design.cluster_size >= 1 && design.icc >= 0 && design.icc <= 1 && design.alpha > 0 &&
            design.alpha < 1,
        "a design's numbers are in range");
}

}  // namespace

double design_effect(const PowerDesign& design) {
  return 1 + (design.cluster_size - 1) * design.icc;
}

double relative_se(const PowerDesign& design, double treated) {
  check_design(design);
  const double left = 1 - design.correlation * design.correlation;
  return design.cv * std::sqrt(left * (1 + 1 / design.control_ratio) / treated * design_effect(design));
}

double power_of(const PowerDesign& design, double treated, double effect) {
  const double shift = effect / relative_se(design, treated);
  const double degrees = degrees_of(design, treated);
  if (degrees > normal_degrees)
    return cdf(boost::math::normal_distribution<double>(), shift - normal_quantile(1 - design.alpha / 2));
  const double critical =
      quantile(boost::math::students_t_distribution<double>(degrees), 1 - design.alpha / 2);
  return cdf(complement(boost::math::non_central_t_distribution<double>(degrees, shift), critical));
}

double creators_for_power(const PowerDesign& design, double effect, double power) {
  check(effect > 0 && power > design.alpha / 2 && power < 1, "power lies between chance and certainty");
  const double z = normal_quantile(1 - design.alpha / 2) + normal_quantile(power);
  const double se = relative_se(design, 1);
  return root_of([&](double treated) { return power_of(design, treated, effect) - power; },
                 z * z * se * se / (effect * effect) + 1);
}

double detectable_effect(const PowerDesign& design, double treated, double power) {
  check(treated > 0 && power > design.alpha / 2 && power < 1, "power lies between chance and certainty");
  const double z = normal_quantile(1 - design.alpha / 2) + normal_quantile(power);
  return root_of([&](double effect) { return power_of(design, treated, effect) - power; },
                 z * relative_se(design, treated));
}

double creators_for_half_width(const PowerDesign& design, double half_width) {
  check(half_width > 0, "an interval has a width");
  const double se = normal_quantile(0.975) * relative_se(design, 1) / half_width;
  return se * se;
}

}  // namespace perennial
