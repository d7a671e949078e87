#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "io/table.h"
#include "respond/response/fit.h"
#include "respond/response/score.h"

namespace perennial {

/// The content of a fit's summary.json; docs/response.md names its keys, which are a contract.
nlohmann::ordered_json fit_summary(const ResponseFit& fit, const CreatorTable& table);

/// What is said of scores that were written; the same document.
nlohmann::ordered_json score_summary(const ResponseFit& fit, const std::optional<Calibration>& calibration,
                                     const CreatorScores& scores, const CreatorTable& table);

/// creator_id, score, calibrated_score, multiplier, arm; effect where it was asked for.
Table score_table(const CreatorTable& table, const CreatorScores& scores);

/// Features with the largest gain first, equals by name: {"feature", "gain", "contribution"}.
nlohmann::ordered_json importance_json(const ResponseFit& fit, std::size_t most);

/// The effective flags of a fit as TOML.
std::string fit_config_toml(const FitOptions& options);

}  // namespace perennial
