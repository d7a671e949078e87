#pragma once

#include <span>
#include <vector>

#include "study/interval.h"

namespace perennial {

/// How far an estimate can be believed, held against values that forks have measured.
struct CalibrationLine {
  Interval expected;  ///< mean of the estimates; a point, since they are known
  Interval measured;  ///< mean of the values
  Interval slope;     ///< of value on estimate, least squares: 1 is honest, 0 says nothing
  Interval rank;      ///< Spearman's correlation of the estimates with the mean values
  double
      reliability;  ///< of the mean values, in [0, 1]: share of their spread that is not chance (odd against even futures)
};

/// `expected`: one estimate per thing; `measured`: per thing, its value in each future (equally many, at least one). All
/// intervals are over futures: 95%, Student's t; that of the rank correlation by the delete-one jackknife over futures, its
/// ends within [-1, 1]. With one future intervals are points and reliability is 0; with estimates that do not differ slope
/// and rank are 0. At least one thing.
CalibrationLine calibration_line(std::span<const double> expected,
                                 const std::vector<std::vector<double>>& measured);

}  // namespace perennial
