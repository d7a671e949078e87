#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "io/archive.h"
#include "study/plan.h"

namespace perennial {

/// One run of a comparison.
struct Cell {
  std::string policy;
  std::uint64_t seed;
};

/// 16 hex digits: equal for runs that are the same but for their length, seed and program version. Settings of other policies do
/// not count.
std::string run_fingerprint(const Plan& plan, const std::string& policy);

/// The file a cell's run is saved in. Distinct for policies trained in different folders.
std::filesystem::path saved_run_path(const std::filesystem::path& folder, const Cell& cell);

/// Saves the state of a run of `plan` that has come to `round`.
void save_run(const std::filesystem::path& path, const Plan& plan, const Cell& cell, std::uint32_t round,
              Archive state);

/// A saved run's state and round; nothing if there is no such file. Throws Error(invalid_data) naming the file when it was
/// saved by another version, or under other settings than `plan` (length and seeds may differ).
struct SavedRun {
  std::uint32_t round;
  Archive state;
};
std::optional<SavedRun> load_run(const std::filesystem::path& path, const Plan& plan, const Cell& cell);

}  // namespace perennial
