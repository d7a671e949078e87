#pragma once

#include "study/study_file.h"

namespace perennial {

/// Holds a study that was read to its own names: every world, arm and metric that its claims, charts and published numbers
/// speak of is one of its own, no name stands twice, nothing needed is missing. Fills in titles that were left out.
/// Throws Error(invalid_argument) "file:line: key: rule; hint".
void check_study(StudyFile& study);

}  // namespace perennial
