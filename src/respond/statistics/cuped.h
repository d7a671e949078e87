#pragma once

#include <span>
#include <vector>

namespace perennial {

/// Values from which a share of their creators' own past is taken away (Deng, Xu, Kohavi, Walker, WSDM 2013).
struct Cuped {
  double theta = 0;              ///< pooled Cov(value, before) / Var(before)
  double variance_ratio = 1;     ///< variance of the adjusted values over that of the raw ones, arms together
  std::vector<double> adjusted;  ///< value - theta (before - mean before): the same mean over both arms
};

/// `before` was known before the treatment began; theta is 0 when it is constant. Same lengths, two values or more.
Cuped cuped(std::span<const double> values, std::span<const double> before);

}  // namespace perennial
