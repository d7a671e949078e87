#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "llm/chat.h"
#include "study/comparison.h"
#include "study/plan.h"
#include "world/catalogue.h"

namespace perennial {

/// How a comparison is watched, stopped and taken up again.
struct CompareControl {
  std::size_t threads = 1;
  std::function<void(std::uint64_t rounds)>
      played;                  ///< called after every round; from any thread; may be empty
  std::function<bool()> stop;  ///< asked after every round; may be empty
  /// Where runs are saved when they are finished or stopped, and looked for at the start. Empty = nowhere.
  std::filesystem::path saved_runs = {};
  Chat* chat = nullptr;  ///< for people who are language models
};

/// Rounds that `compare` will still play: all of the plan's less those found in `saved_runs`.
std::uint64_t rounds_to_play(const Plan& plan, const std::filesystem::path& saved_runs);

/// Plays every policy of the plan on every seed, in worlds made from `source`, up to `threads` runs side by side; a single run uses the threads
/// itself. The result does not depend on the number of threads or on having been stopped in between.
///
/// Returns nothing when stopped; every run, finished or not, is then saved, so that the same call goes on from there.
/// Throws Error(invalid_data) when a saved run was made by another version or plan, and what Chat::ask does, when every run is
/// saved too.
std::optional<Comparison> compare(const Plan& plan, const WorldSource& source, const CompareControl& control);

}  // namespace perennial
