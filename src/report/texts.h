#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "study/comparison.h"

namespace perennial {

// Blocks of a report that are read; shapes as in web/src/page.ts.

/// The table of policies, most clicks first.
nlohmann::ordered_json policies_table(const Comparison& comparison);

/// What each policy is.
nlohmann::ordered_json policies_explained(const Comparison& comparison);

/// How to read intervals, differences and metrics.
nlohmann::ordered_json reading_notes(const Comparison& comparison);

/// The effective config.
nlohmann::ordered_json settings_block(const Comparison& comparison);

/// The command that plays the same again.
nlohmann::ordered_json command_block(const Comparison& comparison);

/// Names and values for the page's head: world, population, seeds, speed, hash.
nlohmann::ordered_json facts_of(const Comparison& comparison);

}  // namespace perennial
