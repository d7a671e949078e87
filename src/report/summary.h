#pragma once

#include <nlohmann/json.hpp>

#include "study/comparison.h"

namespace perennial {

/// The content of summary.json. Keys and their order are a contract: later versions may add keys, never rename.
///
/// Every metric is {"mean", "ci95": [low, high]} over seeds (both ends equal the mean when there is one seed). Clicks
/// and impressions are named clicks_per_round, impressions_per_round; other metrics as in rounds.parquet. What
/// accumulates over a run (study/seed_values.h) is its last value, everything else the mean over rounds.
/// `versus` holds `silent` and `random` where they were played: differences paired by seed, and the ratio of the means
/// (null where the other mean is 0). A policy that learns has `train_seconds_per_round`, the mean over runs, and
/// `rounds_to_converge`, the median over runs (null where half of them or more did not); others have null. Times are thread CPU seconds.
nlohmann::ordered_json summary_of(const Comparison& comparison);

}  // namespace perennial
