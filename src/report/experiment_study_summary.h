#pragma once

#include <nlohmann/json.hpp>

#include "io/table.h"
#include "study/experiment_study.h"

namespace perennial {

/// The content of a study's summary.json; docs/study-experiment.md names its keys, which are a contract as in summary.h.
nlohmann::ordered_json experiment_study_summary(const ExperimentStudy& study);

/// replications.parquet: one row per design, share and replication.
Table replications_table(const ExperimentStudy& study);

/// effects.parquet: one row per creator: true effect, sensitivity, score, factors.
Table effects_table(const ExperimentStudy& study);

/// deployment.parquet: one row per boost and future.
Table deployment_table(const ExperimentStudy& study);

/// The study for a terminal.
std::string experiment_study_text(const ExperimentStudy& study);

}  // namespace perennial
