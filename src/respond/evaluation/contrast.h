#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "respond/statistics/estimate.h"

namespace perennial {

/// How creators with high scores differ from those with low ones in one thing known of them (CLAN).
struct Contrast {
  double high_mean = 0, low_mean = 0;        ///< of those that have a value
  double high_missing = 0, low_missing = 0;  ///< shares without one
  Estimate difference;  ///< high - low, by the normal law; all 0 unless both have two values
};

/// Gathers features of two groups in one pass over any number of creators.
class ContrastSums {
 public:
  explicit ContrastSums(std::size_t features) : high_(features), low_(features) {}

  /// A creator's features, NaN where missing.
  void add_high(std::span<const double> features) { add(features, high_); }
  void add_low(std::span<const double> features) { add(features, low_); }

  /// One per feature.
  std::vector<Contrast> contrasts() const;

 private:
  struct Sums {
    double n = 0, missing = 0, mean = 0, squares = 0;  // mean and squares about it, by Welford's method
  };
  static void add(std::span<const double> features, std::vector<Sums>& sums);

  std::vector<Sums> high_, low_;
};

}  // namespace perennial
