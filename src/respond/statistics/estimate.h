#pragma once

namespace perennial {

/// A number estimated from a sample, with what is needed to judge it.
struct Estimate {
  double mean = 0;
  double se = 0;
  double low = 0;   ///< of the 95% interval
  double high = 0;  ///< of the 95% interval
  double z = 0;     ///< mean / se; 0 when both are 0
  double p = 1;     ///< two-sided, of "the mean is 0"
};

/// By the normal law: mean +- 1.96 se. `se` >= 0; a se of 0 gives p 1 for mean 0, otherwise 0.
Estimate normal_estimate(double mean, double se);

/// By Student's t with `degrees` > 0 of freedom.
Estimate student_estimate(double mean, double se, double degrees);

}  // namespace perennial
