#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "respond/statistics/chi_square.h"
#include "respond/statistics/two_sample.h"
#include "respond/table/creator_table.h"

namespace perennial {

/// One thing known before the experiment, in both arms.
struct CovariateDifference {
  std::string name;  ///< "age"; "country = SE" for a category, "age missing" for a gap
  double treatment_mean = 0;
  double control_mean = 0;
  double standardised =
      0;  ///< difference over the root of the mean of both variances; 0 when both are constant
};

/// Whether the arms were alike before the experiment.
struct CovariateBalance {
  std::vector<CovariateDifference> covariates;  ///< largest difference first
  std::optional<ChiSquare>
      omnibus;  ///< all differences at once; nothing with too few creators for the covariates
  std::size_t beyond_a_tenth = 0;  ///< covariates whose standardised difference exceeds 0.1
};

/// Over the outcomes' values before the experiment and every feature. Missing values count as their covariate's mean and
/// as a covariate of their own; a category stands as share, at most the 20 most frequent. The omnibus test is that of
/// Hansen and Bowers (2008): d' V^-1 d of the differences d, by clusters where the table has them.
///
/// `rows`: creators in treatment or control, ascending, as `arms` lists them.
CovariateBalance covariate_balance(const CreatorTable& table, const std::vector<std::uint32_t>& rows,
                                   const TwoArms& arms);

}  // namespace perennial
