#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"

namespace perennial {

/// What a study of creator experiments plays, beside the platform itself and the rounds of an experiment.
struct ExperimentSettings {
  double share = 0.5;
  double multiplier = 1.1;
  std::int64_t shortlist = 8;
  std::int64_t warm_up = 41;
  std::string shares = "1,2,5,10,20,50";
  std::int64_t replications = 10;
  std::int64_t truth_batches = 25;
  std::int64_t truth_futures = 6;
  std::string learner = "three-model";
  std::string transform = "raw";
  std::int64_t leaf_weight = 60;
  double strength = 0.05;
  double clip = 2;
  std::int64_t deployment_rounds = 100;
  std::int64_t deployment_futures = 8;

  /// Keys of the `experiment` table.
  Fields fields();

  /// `shares` as shares of 1, in order. Throws Error(invalid_argument) for what is no list of percentages between 0 and 100.
  std::vector<double> share_list() const;
};

}  // namespace perennial
