#pragma once

#include <string>
#include <utility>
#include <vector>

#include "respond/experiment/analysis.h"

namespace perennial {

/// report.html of an analysed experiment: effects on every outcome, dose, contamination, balance. `table` is its name for
/// people. Needs at least one effect.
std::string render_experiment_report(const ExperimentAnalysis& analysis, const std::string& table);

}  // namespace perennial
