#pragma once

#include <span>
#include <vector>

#include "respond/evaluation/clusters.h"
#include "respond/evaluation/ranking.h"

namespace perennial {

/// One point of the targeting operator characteristic: by how much the effect on the `share` of creators with the highest
/// scores exceeds that on all. The interval is pointwise, given who is ranked where.
struct CurvePoint {
  double share = 0;
  Estimate gain;
};

/// How well a score orders creators by their effect (Yadlowsky et al., arXiv 2111.07966). 0: no better than chance.
struct Targeting {
  Estimate autoc;  ///< area under the curve, every share alike: looks mostly at the top
  Estimate qini;   ///< area under share times gain: looks at everybody
  std::vector<CurvePoint> curve;
};

/// `effects`: doubly robust scores, one per creator of the ranking. AUTOC = mean of (H_i - 1) G_(i) with H_i the sum of
/// 1/k, k >= i; equal scores share the mean of their weights. Errors are those of the influence function, which also counts
/// that ranks are estimated; where the score finds nothing it is (H_i - 1)(G_(i) - mean G). O(n) after the ranking.
Targeting measure_targeting(const Ranking& ranking, std::span<const double> effects, Clusters clusters,
                            std::size_t points = 100);

/// AUTOC of one ranking minus that of another, of the same creators.
Estimate autoc_difference(const Ranking& ranking, const Ranking& other, std::span<const double> effects,
                          Clusters clusters);

}  // namespace perennial
