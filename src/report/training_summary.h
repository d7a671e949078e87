#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "io/table.h"
#include "study/training.h"

namespace perennial {

/// training.parquet: round, then every field of TrainingRound. One row per round.
Table training_table(std::span<const TrainingRound> rounds);

/// The content of a training's summary.json; docs/formats.md names its keys, which are a contract as in summary.h.
/// Intervals are over copies, paired by seed. At least one round has been played.
nlohmann::ordered_json training_summary_of(const Comparison& comparison,
                                           std::span<const TrainingRound> rounds);

}  // namespace perennial
