#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"

namespace perennial {

/// What a study of two levers plays, beside the plan's rounds of each path and its seeds.
struct LeversSettings {
  std::string environments = "lockin,open,scarce,responsive,sparse,sparse-lockin";
  std::string suggest = "lore-d";
  std::string unlearned = "water-filling";
  std::int64_t warm_up = 30;
  std::int64_t experiment_rounds = 60;
  double share = 0.5;
  double multiplier = 1.1;
  std::int64_t shortlist = 8;
  std::string learner = "three-model";
  std::int64_t leaf_weight = 60;
  double dose_floor = 0.2;
  double strength = 0.05;
  double clip = 2;

  /// Keys of the `levers` table.
  Fields fields();

  /// `environments` as names of settings, in order. Throws Error(invalid_argument) for an unknown or repeated one, or none.
  std::vector<std::string> environment_list() const;
};

}  // namespace perennial
