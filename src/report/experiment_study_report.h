#pragma once

#include <string>

#include "study/experiment_study.h"

namespace perennial {

/// report.html of a study of creator experiments: what each design would have said at each share beside the truth, what the
/// score found, what boosting by it did.
std::string render_experiment_study_report(const ExperimentStudy& study);

}  // namespace perennial
