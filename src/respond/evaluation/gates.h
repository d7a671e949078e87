#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "respond/evaluation/clusters.h"

namespace perennial {

/// Creators of one part of the score's range (GATES, sorted group average treatment effects): what was expected of them,
/// and what happened.
struct ScoreGroup {
  std::size_t creators = 0;
  double score_low = 0, score_high = 0;  ///< least and greatest score in the group
  double score_mean = 0;
  Estimate effect;  ///< mean of the doubly robust scores
};

/// `count` groups cut at the score's own quantiles (type 7), lowest first; a creator on a cut is below it. Groups that
/// ties leave empty are not there.
std::vector<ScoreGroup> score_groups(std::span<const double> score, std::span<const double> effects,
                                     Clusters clusters, std::size_t count = 5);

/// Mean over creators of |effect - mean score| of their group: 0 is perfect. Noise alone makes it positive.
double calibration_error(std::span<const ScoreGroup> groups);

/// The square of that distance with the noise's own share taken off, so that it is 0 on average for a score that is right
/// (Xu and Yadlowsky, arXiv 2203.13364); may be negative.
double calibration_error_squared(std::span<const ScoreGroup> groups);

}  // namespace perennial
