#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "io/table.h"
#include "study/levers_study.h"

namespace perennial {

/// The content of summary.json of a study of two levers; docs/formats.md names its keys, which are a contract as in summary.h.
nlohmann::ordered_json levers_summary(const LeversStudy& study);

/// What came out, from the intervals: one sentence for each of suggest, promote, promote on top of suggest, both beyond
/// their sum, posts.
std::vector<std::string> lever_verdicts(const LeversStudy& study);

/// paths.parquet: one row per environment, seed and path, with every measure.
Table lever_paths_table(const LeversStudy& study);

/// rounds.parquet: one row per environment, seed, path and round, clicks and posts.
Table lever_rounds_table(const LeversStudy& study);

/// experiments.parquet: one row per environment and seed.
Table lever_experiments_table(const LeversStudy& study);

/// The study for a terminal.
std::string levers_text(const LeversStudy& study);

}  // namespace perennial
