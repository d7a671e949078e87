#pragma once

#include <string>

#include "study/levers_study.h"

namespace perennial {

/// report.html of a study of two levers: what came out in sentences, differences by environment with their intervals, clicks
/// per round of every path, everything in a table, and how large the experiment should have been.
std::string render_levers_report(const LeversStudy& study);

}  // namespace perennial
