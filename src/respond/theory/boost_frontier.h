#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// One post that could have been shown in one slate: a row of a platform's ranking log.
struct RankedCandidate {
  std::uint32_t slate = 0;          ///< equal for posts that competed; slates stand together
  std::uint32_t creator = 0;        ///< for error sentences
  double short_value = 0;           ///< v_short, what the platform ranks by today; >= 0
  double score = 0;                 ///< z_j, what the boost exp(l z_j) goes by
  double engage_probability = 0;    ///< in [0, 1]
  double posts_per_engagement = 0;  ///< s_j
};

/// What a boost of one strength does to those slates.
struct FrontierPoint {
  double strength = 0;        ///< l
  double short_value = 0;     ///< sum of v_short over what is shown
  double short_run_cost = 0;  ///< share of v_short lost against l = 0
  double posts = 0;           ///< expected posts that the engagement on what is shown brings
  double posts_gain = 0;      ///< posts against l = 0, as a share of `usual_posts`
};

/// Shows the `positions` best of every slate by v_short x exp(l z), for each l; ties go to the earlier row. What is held
/// fixed: who comes, the candidates, and s_j. `usual_posts` (> 0): posts the same creators make in the same time, whatever
/// is shown. Throws Error(invalid_argument) for no rows, a negative l or value, or what is not finite.
std::vector<FrontierPoint> boost_frontier(std::span<const RankedCandidate> candidates, std::size_t positions,
                                          std::span<const double> strengths, double usual_posts);

}  // namespace perennial
