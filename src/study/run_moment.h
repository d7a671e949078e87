#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "study/recorded_run.h"
#include "study/saved_runs.h"

namespace perennial {

/// Where `perennial simulate` keeps its run, in the run's folder.
inline constexpr const char* run_state_file = "run.state";

/// A run that `perennial simulate` left in a folder.
struct FolderRun {
  std::filesystem::path folder;
  Plan plan;  ///< the run's own: one policy, one seed
  Cell cell;
  SavedRun saved;
};

/// Throws Error(not_found) where there is no folder, Error(invalid_argument) where it holds something else than a run,
/// Error(invalid_data) for a run saved by another version or damaged.
FolderRun open_run(const std::filesystem::path& folder);

/// What a platform's counts have come to, by genre.
struct GenreTotals {
  std::vector<double> items;
  std::vector<double> clicks;
};
GenreTotals genre_totals(const Ecosystem& ecosystem);

/// A run as it stood after one of its rounds: where forks begin.
struct RunMoment {
  Plan plan;  ///< the run's own
  Cell cell;
  World world;  ///< as the run began with it
  std::uint32_t round = 0;
  RunResult so_far;
  GenreTotals totals;
  std::vector<std::byte> platform;  ///< Simulation::platform
  std::vector<std::byte>
      memory;  ///< what the run's policy has learned and counted (SuggestionPolicy::persist)
};

/// Rounds that must be played to come to `round`: from where the run stands, or from the first where it is past it.
std::uint64_t rounds_to_reach(const FolderRun& run, std::uint32_t round);

/// The run after `round` (1 to its plan's last). `world` is the run's (first_world). `after_round` is called after every
/// round that has to be played; nothing is returned once it says false.
///
/// Throws Error(invalid_argument) for another round, and Error(invalid_data) when rounds played anew are not those that the
/// run has measured: it then branched off another run, whose rounds cannot be played again from its folder.
std::optional<RunMoment> moment_of(FolderRun& run, const World& world, std::uint32_t round,
                                   Resources resources, const std::function<bool()>& after_round);

}  // namespace perennial
