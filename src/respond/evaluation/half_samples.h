#pragma once

#include <cstdint>
#include <span>

#include "base/parallel.h"
#include "respond/evaluation/clusters.h"
#include "respond/evaluation/ranking.h"

namespace perennial {

/// Standard errors of AUTOC and Qini by another road: their spread over random halves of the creators (or clusters).
struct HalfSampleErrors {
  double autoc_se = 0;
  double qini_se = 0;
};

/// `replicates` >= 2 halves, each creator (or cluster) in by a coin of `seed`. O(n) memory; the result does not depend on
/// the number of threads.
HalfSampleErrors half_sample_errors(const Ranking& ranking, std::span<const double> effects,
                                    Clusters clusters, std::size_t replicates, std::uint64_t seed,
                                    Workers& workers);

}  // namespace perennial
