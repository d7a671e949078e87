#pragma once

#include "io/run_folder.h"
#include "study/comparison.h"

namespace perennial {

/// Writes summary.json, rounds.parquet, creators.parquet, picture.svg and report.html.
void write_comparison(RunFolder& folder, const Comparison& comparison);

/// The result for people: one line per policy with its interval, then where the report is. To stdout.
void print_comparison(const Comparison& comparison, const std::filesystem::path& report);

/// summary.json to stdout.
void print_summary(const Comparison& comparison);

}  // namespace perennial
