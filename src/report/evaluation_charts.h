#pragma once

#include <nlohmann/json.hpp>

#include "respond/response/response_evaluation.h"

namespace perennial {

// Blocks of an evaluation's report that draw something; shapes as in web/src/page.ts. Null where there is nothing to draw.

/// Targeting operator characteristic with its pointwise band.
nlohmann::ordered_json targeting_block(const ResponseEvaluation& evaluation);

/// Effect by fifth of the score.
nlohmann::ordered_json groups_block(const ResponseEvaluation& evaluation);

/// Effect above and below p20, p50, p80 of the training scores.
nlohmann::ordered_json high_low_block(const ResponseEvaluation& evaluation);

/// What was expected of each fifth against what happened.
nlohmann::ordered_json calibration_block(const ResponseEvaluation& evaluation);

/// Where the score stands among the same fits under shuffled treatment.
nlohmann::ordered_json placebo_block(const ResponseEvaluation& evaluation);

/// What the score is made of, by gain and by contribution.
nlohmann::ordered_json importance_block(const ResponseEvaluation& evaluation);

}  // namespace perennial
