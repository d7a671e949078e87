#pragma once

#include "respond/statistics/estimate.h"
#include "respond/statistics/two_sample.h"

namespace perennial {

/// Two estimates with their variances, one to be divided by the other.
struct Quotient {
  double numerator = 0;
  double denominator = 0;  ///< not exactly 0
  double numerator_variance = 0;
  double denominator_variance = 0;
  double covariance = 0;
  double degrees = 0;
};

/// numerator / denominator; its standard error, interval and p by the delta method. Holds only while the denominator is
/// many standard errors away from 0.
Estimate delta_method(const Quotient& quotient);

/// All ratios that the data do not contradict at 95%.
struct RatioSet {
  double low = 0;
  double high = 0;
  bool bounded = true;  ///< false: also ratios without bound; low and high are infinite
};

/// Fieller's set: all b with |numerator - b denominator| <= t se(b). Covers at 95% however near to 0 the denominator is;
/// with an instrument's two effects it is the Anderson-Rubin set. Not bounded when the denominator may be 0.
RatioSet fieller(const Quotient& quotient);

/// Treatment / control - 1, with the interval one should use.
struct Lift {
  Estimate estimate;  ///< by the delta method, but low and high as below
  bool fieller =
      false;  ///< the control mean is within 5 standard errors of 0: the interval is Fieller's, p the difference's
  bool bounded = true;  ///< false: the data allow lifts without bound; low and high are infinite
};

/// `means.control` is not exactly 0.
Lift relative_lift(const ArmMeans& means);

/// What one unit more of one thing brings of another, both moved by the same treatment: ratio of the two effects (Wald).
struct Elasticity {
  Estimate estimate;         ///< by the delta method
  RatioSet anderson_rubin;   ///< use this where the first stage is weak
  double first_stage_f = 0;  ///< (effect on the denominator / its standard error)^2
  bool weak = false;         ///< F < 10
};

/// Effect on the first over effect on the second, which is not exactly 0.
Elasticity elasticity(const PairedDifferences& differences);

}  // namespace perennial
