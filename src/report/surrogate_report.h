#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "io/table.h"
#include "study/surrogate_study.h"

namespace perennial {

/// report.html of a calibration: clicks per round of the people observed, of the rules fitted to them and of the rules as they
/// come; rates of repeating by feedback, watching, held-out checks, and how to play the surrogate.
std::string render_surrogate_report(const SurrogateStudy& study);

/// summary.json; keys in docs/formats.md.
nlohmann::ordered_json surrogate_summary(const SurrogateStudy& study);

/// A row per round and seed: clicks of the three kinds of people.
Table surrogate_rounds_table(const SurrogateStudy& study);

/// The result in a few lines, for the terminal.
std::string surrogate_text(const SurrogateStudy& study);

/// The result in one sentence.
std::string surrogate_headline(const SurrogateStudy& study);

}  // namespace perennial
