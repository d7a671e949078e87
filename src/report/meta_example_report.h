#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "io/table.h"
#include "study/meta_example.h"

namespace perennial {

/// report.html of the paper's section 4 on simulated logs: every claim with its status, the groups beside the truth, fits.
std::string render_meta_example(const MetaExample& example);

/// The content of its summary.json; docs/meta-example.md names the keys.
nlohmann::ordered_json meta_example_summary(const MetaExample& example);

/// claims.parquet: one row per claim.
Table meta_claims_table(const MetaExample& example);

/// The same for the terminal.
std::string meta_example_text(const MetaExample& example);

}  // namespace perennial
