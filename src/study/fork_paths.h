#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "study/comparison.h"
#include "study/run_moment.h"

namespace perennial {

/// Which paths are played from a moment on.
struct PathPlan {
  std::vector<std::string> policies;  ///< names as in a plan, each once
  std::uint32_t rounds = 1;           ///< per path, at least 1
  std::uint32_t futures = 1;          ///< at least 1
};

/// Paths that could follow one moment of a run.
struct ForkedPaths {
  std::string run;                 ///< its folder
  std::string run_policy;          ///< under which the past was played
  std::uint32_t at = 0;            ///< rounds of the common past
  std::vector<RoundMetrics> past;  ///< those rounds
  /// The paths after it: `seeds` are those of the futures, every run has only the rounds since; sums over rounds, and what
  /// creators made and got, count from there.
  Comparison paths;
  std::vector<std::vector<GenreTotals>> totals;  ///< path x future, since the fork
};

/// The seed of a future's coins: the run's own for the first, others of their own.
std::uint64_t future_seed(std::uint64_t run_seed, std::size_t future);

/// How the playing is watched and stopped.
struct PathControl {
  std::size_t threads = 1;
  std::function<void(std::uint64_t rounds)>
      played;                  ///< called after every round; from any thread; may be empty
  std::function<bool()> stop;  ///< asked after every round; may be empty
  Chat* chat = nullptr;        ///< for people who are language models
};

/// Plays every policy in every future, from the same moment. The run's own policy goes on with its own memory: in the first
/// future that is what would have happened anyhow. Any other is new to the platform, but for the knowledge that its name
/// gives it (lore-d@DIR). A future's coins are the same on all paths. The result does not depend on the number of threads.
/// Nothing when stopped. Throws Error as policy_for does, before any round is played.
std::optional<ForkedPaths> play_paths(const RunMoment& moment, const PathPlan& plan,
                                      const PathControl& control);

}  // namespace perennial
