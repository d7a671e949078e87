#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "llm/chat.h"
#include "study/study.h"
#include "study/study_plan.h"

namespace perennial {

/// How studies are played, watched, stopped and taken up again.
struct StudyControl {
  std::size_t threads = 1;
  std::filesystem::path
      cells;  ///< where results of finished runs are kept and looked for, and stopped runs saved
  /// Called once before the first round, with the rounds to play; then `played` after each, from any thread, with the seconds
  /// that all others will still take (negative: not known yet). Both may be empty.
  std::function<void(std::uint64_t rounds)> begins;
  std::function<void(double seconds_left)> played;
  std::function<bool()> stop;  ///< asked after every round; may be empty
  Chat* chat = nullptr;        ///< for people who are language models
};

/// Plays every run of the studies that is not finished yet, up to `threads` side by side; runs that are the same in several
/// studies once. The result does not depend on the number of threads, nor on stops in between.
///
/// Returns nothing when stopped: finished runs are kept then and the others saved, so that the same call goes on from there.
/// Throws Error(invalid_data) for a kept or saved run of another version, and what Chat::ask does, when all is kept and saved too.
std::optional<std::vector<Study>> play_studies(std::span<const StudyPlan> studies,
                                               const StudyControl& control);

}  // namespace perennial
