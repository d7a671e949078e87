#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "study/comparison.h"

namespace perennial {

// What came of asking people who are language models. It follows from the answers alone: the same bytes when a run is repeated from
// a cache.

/// Was anybody asked?
bool asked_language_models(const Comparison& comparison);

/// For summary.json: {"users": .., "creators": ..}, over all seeds of the policy; null for those who were not asked.
nlohmann::ordered_json answers_json(const ComparedPolicy& policy);

/// A table for a report, a row per policy and kind of people; null where nobody was asked. `where` stands behind the title.
nlohmann::ordered_json answers_block(const Comparison& comparison, const std::string& where = "");

/// A sentence for each policy and kind of people of whose decisions more than 5% were left to a rule.
std::vector<std::string> answers_warnings(const Comparison& comparison, const std::string& where = "");

}  // namespace perennial
