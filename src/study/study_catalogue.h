#pragma once

#include <string>
#include <vector>

#include "study/study_file.h"

namespace perennial {

/// The studies that come with the program, in the order of the paper.
std::vector<StudyFile> builtin_study_files();
std::vector<std::string> builtin_study_names();

/// Are some of its people language models? Such a study needs an endpoint that answers, or a cache of its answers.
bool asks_language_models(const StudyFile& study);
/// The built-in studies that need neither, in the order of the paper: what `reproduce all` plays.
std::vector<StudyFile> builtin_studies_by_rules();

/// A built-in study by name, else a study file by path. Error(not_found) with the nearest name when it is neither.
StudyFile open_study(const std::string& name_or_path);

}  // namespace perennial
