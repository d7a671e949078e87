#pragma once

#include <nlohmann/json.hpp>

#include "io/table.h"
#include "respond/response/compare.h"
#include "respond/response/response_evaluation.h"

namespace perennial {

/// The content of summary.json of `response evaluate`; docs/evaluation.md names its keys, which are a contract. Numbers
/// that are not finite (z of an estimate without error) are null.
nlohmann::ordered_json evaluation_summary(const ResponseEvaluation& evaluation);

/// toc.parquet: the targeting curve, one row per share of creators; raw_* only where there is a transform.
Table targeting_table(const ResponseEvaluation& evaluation);

/// clan.parquet: one row per feature or category.
Table contrast_table(const ResponseEvaluation& evaluation);

/// summary.json of `response compare`; the same document.
nlohmann::ordered_json response_comparison_summary(const ResponseComparison& comparison);

}  // namespace perennial
