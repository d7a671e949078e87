#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "study/study.h"

namespace perennial {

/// report.html of one study: one self-contained page, claims first.
std::string render_study_report(const Study& study);

/// report.html of several: every claim with its verdict, and links to each study's own page at NAME/report.html. `further`:
/// the summaries of studies that are no files, by name; their claims hold keys as in meta_example_report.h.
std::string render_studies_index(std::span<const Study> studies, const nlohmann::ordered_json& further);

}  // namespace perennial
