#pragma once

#include <string>

#include "study/fork_paths.h"

namespace perennial {

/// report.html of paths that could follow one moment of a run: clicks per round with the common past, the difference as it
/// adds up, main metrics, who gained and who lost, what was made. Differences are from the run's own path where it was
/// played, else from the first.
std::string render_fork_report(const ForkedPaths& forked);

/// The path that others are held against.
std::size_t baseline_of(const ForkedPaths& forked);

/// The result in one sentence.
std::string fork_headline(const ForkedPaths& forked);

}  // namespace perennial
