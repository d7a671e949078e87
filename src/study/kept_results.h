#pragma once

#include <filesystem>
#include <optional>

#include "study/study_plan.h"

namespace perennial {

/// Keeps a finished run's result in `folder`, a checkpoint (io/checkpoint.h) of kind "result", so that no study that shares the
/// folder plays the run again.
void keep_result(const std::filesystem::path& folder, const StudyCell& cell, RunResult result);

/// The kept result; nothing if the run has not been finished there. Throws Error(invalid_data) naming the file when another
/// version kept it or it is damaged.
std::optional<RunResult> kept_result(const std::filesystem::path& folder, const StudyCell& cell);

}  // namespace perennial
