#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "study/plan.h"
#include "study/study_file.h"
#include "world/catalogue.h"

namespace perennial {

/// One run of a study: an arm in a world on a seed.
struct StudyCell {
  std::size_t world = 0, arm = 0;  ///< of the study's
  Plan plan;                       ///< plays `policy` alone, on one seed
  std::string policy;
  std::uint64_t seed = 0;
  std::string
      fingerprint;  ///< over effective settings, policy and rounds: equal for equal runs, whatever the study

  /// Under which its result is kept.
  std::string file_stem() const;
};

/// What the command line changes in a study.
struct StudyOverrides {
  std::optional<std::int64_t> seeds, rounds, first_seed;
  std::string llm_model = {};  ///< whom people who are language models are; empty: as the file says
};

/// A study whose every run is known to be playable.
struct StudyPlan {
  StudyFile file;                        ///< rounds and seeds as they will be played
  std::vector<StudyCell> cells;          ///< by seed, then world, then arm
  std::vector<std::string> overrides;    ///< "5 seeds instead of 10", for the report
  std::vector<std::vector<Plan>> plans;  ///< [world][arm]

  std::vector<std::uint64_t> seeds() const;
};

/// Works out every run's settings and finds out whether every arm can play in every world, before any round is. Throws
/// Error(invalid_argument) naming file, line and nearest name for a key, setting or policy that is not there, and for people who are
/// language models without one being named.
StudyPlan make_study_plan(StudyFile file, const StudyOverrides& overrides);

}  // namespace perennial
