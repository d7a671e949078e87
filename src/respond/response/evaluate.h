#pragma once

#include <functional>

#include "respond/response/calibration.h"
#include "respond/response/fit.h"
#include "respond/response/response_evaluation.h"

namespace perennial {

/// What is asked of an evaluation.
struct EvaluateOptions {
  std::size_t placebos = 20;       ///< 0: none
  std::size_t half_samples = 200;  ///< 0: none
  std::uint64_t seed = 1;
  std::size_t threads = 2;  ///< never changes the result
};

/// Judges a fitted model on those creators of the table that are held out from it. `done` is told of each placebo fit,
/// from any thread.
///
/// Throws Error(invalid_argument) for a table without the model's outcome or without arms, Error(invalid_data) where too few
/// creators are held out.
ResponseEvaluation evaluate_response(const ResponseFit& fit, const CreatorTable& table,
                                     const EvaluateOptions& options, const std::function<void()>& done = {});

/// What `response score` needs of it.
Calibration calibration_of(const ResponseEvaluation& evaluation, const ResponseFit& fit);

}  // namespace perennial
