#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "io/temporary_folder.h"
#include "studies/arm.h"
#include "study/comparison.h"

namespace perennial::studies {

/// How much the page plays.
struct Scale {
  std::int64_t seeds = 20;
  std::int64_t rounds = 200;
  std::size_t threads = 2;
};

/// Plays arms and remembers their runs: an arm that stands in several tables is played once, and so is a lesson that
/// several arms have had.
class Lab {
 public:
  explicit Lab(const Scale& scale) : scale_(scale) {}

  /// Plays all of `arms`, showing how far it is on stderr. Throws Error(interrupted) when asked to stop.
  void play(const std::vector<Arm>& arms);

  /// An arm's runs, seeds in order; it must have been played.
  const ComparedPolicy& runs(const Arm& arm) const;

  const Scale& scale() const { return scale_; }

 private:
  struct Job;

  Arm scaled(Arm arm) const;
  void teach(const Lesson& lesson, Progress& progress);
  void play_one(const Arm& arm, Progress& progress);

  Scale scale_;
  TemporaryFolder folder_;
  std::map<std::string, std::string> lessons_;    // key -> folder of the trained policy
  std::map<std::string, ComparedPolicy> played_;  // by key
};

/// One value per seed: the metric's mean over the last `rounds` rounds, or its last value where it accumulates.
std::vector<double> values(const Lab& lab, const Arm& arm, Metric metric, std::size_t rounds);

}  // namespace perennial::studies
