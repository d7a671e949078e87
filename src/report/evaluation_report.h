#pragma once

#include <string>

#include "respond/response/response_evaluation.h"

namespace perennial {

/// report.html of one evaluated score: verdict, targeting curve, groups, high against low, calibration, placebo fits,
/// importance, who is on top.
std::string render_evaluation_report(const ResponseEvaluation& evaluation);

}  // namespace perennial
