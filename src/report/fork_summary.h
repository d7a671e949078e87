#pragma once

#include <nlohmann/json.hpp>

#include "io/table.h"
#include "study/fork_paths.h"

namespace perennial {

/// The content of a fork's summary.json; keys are a contract (docs/formats.md). Every metric is {"mean", "ci95"} over
/// futures, rounds since the fork only; "ci95" is null with one future. `versus`: differences from every other path, paired
/// by future.
nlohmann::ordered_json fork_summary(const ForkedPaths& forked);

/// rounds.parquet: policy, future (from 1), seed, round (that of the run), then every metric. Rounds since the fork; what is
/// a sum over rounds counts from there.
Table fork_rounds_table(const ForkedPaths& forked);

/// creators.parquet: policy, future, seed, then every field of CreatorOutcome; items, impressions and clicks count from the
/// fork.
Table fork_creators_table(const ForkedPaths& forked);

}  // namespace perennial
