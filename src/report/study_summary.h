#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "io/table.h"
#include "study/study.h"

namespace perennial {

/// The content of a study's summary.json; docs/formats.md names its keys, which are a contract as in summary.h.
nlohmann::ordered_json study_summary(const Study& study);

/// The same of several studies played together.
nlohmann::ordered_json studies_summary(std::span<const Study> studies);

/// rounds.parquet and creators.parquet: as a comparison's, with columns world and arm in front instead of policy.
Table study_rounds_table(const Study& study);
Table study_creators_table(const Study& study);

}  // namespace perennial
