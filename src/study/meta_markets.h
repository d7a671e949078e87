#pragma once

#include <vector>

#include "respond/table/creator_table.h"
#include "study/meta_example.h"

namespace perennial {

/// All markets' creators together: what their platforms logged, and beside it what only the simulator knows.
struct MetaMarkets {
  CreatorTable table;  ///< one row per creator; outcomes posts, impressions, clicks; features from before
  std::vector<double> expected_posts;  ///< row = creator: sum of its probabilities to post, in the experiment
  std::vector<double> untouched_posts;     ///< the same in a fork without the experiment, on the same coins
  std::vector<double> untouched_exposure;  ///< impressions there
  std::vector<double> sensitivity;         ///< of activity to engagement
};

/// Plays every market up to the experiment, then a fork with it and one without. Half of the creators are treated, by
/// salted hash. The same at any number of threads.
MetaMarkets play_markets(const MetaExampleOptions& options, const MetaExampleControl& control);

}  // namespace perennial
