#pragma once

#include <string>

#include "io/table.h"
#include "respond/theory/diagnosis.h"

namespace perennial {

/// report.html of a diagnosis: the verdict, the four conditions with their intervals, what each means here.
std::string render_diagnosis_report(const Diagnosis& diagnosis);

/// conditions.parquet: one row per estimate; groups of creators among them.
Table diagnosis_table(const Diagnosis& diagnosis);

}  // namespace perennial
