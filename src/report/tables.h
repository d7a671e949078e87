#pragma once

#include "io/table.h"
#include "study/comparison.h"

namespace perennial {

/// rounds.parquet: policy, seed, round, then every metric under its name. One row per policy, seed and round.
Table rounds_table(const Comparison& comparison);

/// creators.parquet: policy, seed, then every field of CreatorOutcome. One row per policy, seed and creator.
Table creators_table(const Comparison& comparison);

}  // namespace perennial
