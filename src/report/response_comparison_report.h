#pragma once

#include <string>

#include "io/table.h"
#include "respond/response/compare.h"

namespace perennial {

/// report.html of several models judged on the same creators: what the paired test says, targeting curves over each
/// other, paired differences from the first model, all tests in numbers.
std::string render_response_comparison(const ResponseComparison& comparison);

/// models.parquet: one row per model, every estimate with its interval.
Table compared_models_table(const ResponseComparison& comparison);

/// toc.parquet: the targeting curves, one row per model and share of creators.
Table compared_curves_table(const ResponseComparison& comparison);

}  // namespace perennial
