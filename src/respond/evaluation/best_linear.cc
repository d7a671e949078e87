#include "respond/evaluation/best_linear.h"

#include <numeric>
#include <vector>

#include "base/check.h"

namespace perennial {

BestLinearPredictor best_linear_predictor(const ExperimentUnits& units, std::span<const double> score,
                                          std::span<const double> baseline, double propensity) {
  const std::size_t n = units.size();
  check(score.size() == n && (baseline.empty() || baseline.size() == n), "one score for each creator");
  const double mean = std::accumulate(score.begin(), score.end(), 0.0) / static_cast<double>(n);
  Eigen::MatrixXd design(static_cast<Eigen::Index>(n), 4);
  for (std::size_t i = 0; i < n; ++i) {
    const double arm = (units.treated[i] != 0 ? 1 : 0) - propensity;
    design.row(static_cast<Eigen::Index>(i)) << 1, baseline.empty() ? 0 : baseline[i], arm,
        arm * (score[i] - mean);
  }
  BestLinearPredictor result{
      .ate = {}, .slope = {}, .errors = units.clusters.empty() ? RobustErrors::hc3 : RobustErrors::cr1};
  const std::vector<double> weights(n, 1 / (propensity * (1 - propensity)));
  const auto fit = least_squares(design, units.outcome, weights, result.errors, units.clusters);
  result.ate = fit.estimate(2);
  result.slope = fit.estimate(3);
  return result;
}

}  // namespace perennial
