#pragma once

#include <span>

#include "respond/evaluation/high_low.h"
#include "respond/statistics/regression.h"

namespace perennial {

/// What a line through the score tells of the true effects (Chernozhukov et al., arXiv 1712.04802): effect = ate + slope
/// (S - mean S). Slope 1: the score is right about how far effects lie apart; 0: it found nothing.
struct BestLinearPredictor {
  Estimate ate;
  Estimate slope;                           ///< all 0 for a score that is one and the same for all
  RobustErrors errors = RobustErrors::hc3;  ///< cr1 where there are clusters
};

/// Regression of the outcome on 1, `baseline` (expected outcome before one knows the arm; empty: none), w - e and
/// (w - e)(S - mean S), weights 1 / (e (1 - e)). `propensity` e in (0, 1), known.
BestLinearPredictor best_linear_predictor(const ExperimentUnits& units, std::span<const double> score,
                                          std::span<const double> baseline, double propensity);

}  // namespace perennial
