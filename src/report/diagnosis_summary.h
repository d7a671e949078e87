#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "respond/theory/diagnosis.h"

namespace perennial {

/// The content of a diagnosis' summary.json; docs/diagnose.md names its keys, which are a contract.
nlohmann::ordered_json diagnosis_summary(const Diagnosis& diagnosis);

/// The same for people: the verdict, each condition with its intervals and what it means, and what could not be answered.
std::string diagnosis_text(const Diagnosis& diagnosis);

}  // namespace perennial
