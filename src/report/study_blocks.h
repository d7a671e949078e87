#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "study/study.h"

namespace perennial {

// Blocks of a study's report; shapes as in web/src/page.ts. Series are indices into the study's arms.

/// What the study asks to be drawn, in its order; the curves of every world where it asks for nothing.
std::vector<nlohmann::ordered_json> study_charts(const Study& study);

/// One table per world: every arm's metrics with intervals, the paper's numbers beside them.
std::vector<nlohmann::ordered_json> study_tables(const Study& study);

/// What each arm is, what each world changes, why results can differ from the paper's, and how to play it again.
std::vector<nlohmann::ordered_json> study_notes(const Study& study);

}  // namespace perennial
