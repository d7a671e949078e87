#include "respond/evaluation/gates.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "respond/statistics/quantile.h"

namespace perennial {
namespace {

/// Values and clusters of one group, copied together.
struct Members {
  std::vector<double> scores, effects;
  std::vector<std::uint32_t> clusters;
};

std::vector<double> cuts_of(std::span<const double> score, std::size_t count) {
  std::vector<double> shares;
  for (std::size_t cut = 1; cut < count; ++cut)
    shares.push_back(static_cast<double>(cut) / static_cast<double>(count));
  return quantiles(score, shares);
}

ScoreGroup group_of(const Members& members) {
  ScoreGroup group{.creators = members.scores.size(),
                   .effect = mean_estimate(members.effects, members.clusters)};
  const auto [low, high] = std::minmax_element(members.scores.begin(), members.scores.end());
  group.score_low = *low;
  group.score_high = *high;
  for (const double score : members.scores) group.score_mean += score;
  group.score_mean /= static_cast<double>(group.creators);
  return group;
}

template <class Distance>
double mean_over_creators(std::span<const ScoreGroup> groups, Distance distance) {
  double sum = 0, creators = 0;
  for (const auto& group : groups) {
    sum += static_cast<double>(group.creators) * distance(group);
    creators += static_cast<double>(group.creators);
  }
  return creators > 0 ? sum / creators : 0;
}

}  // namespace

std::vector<ScoreGroup> score_groups(std::span<const double> score, std::span<const double> effects,
                                     Clusters clusters, std::size_t count) {
  check(score.size() == effects.size() && !score.empty() && count > 0, "one effect for each score");
  const auto cuts = cuts_of(score, count);
  std::vector<Members> members(count);
  for (std::size_t i = 0; i < score.size(); ++i) {
    const auto place = std::lower_bound(cuts.begin(), cuts.end(), score[i]) - cuts.begin();
    Members& group = members[static_cast<std::size_t>(place)];
    group.scores.push_back(score[i]);
    group.effects.push_back(effects[i]);
    if (!clusters.empty()) group.clusters.push_back(clusters[i]);
  }
  std::vector<ScoreGroup> groups;
  for (const auto& group : members) {
    if (!group.scores.empty()) groups.push_back(group_of(group));
  }
  return groups;
}

double calibration_error(std::span<const ScoreGroup> groups) {
  return mean_over_creators(groups,
                            [](const auto& group) { return std::abs(group.effect.mean - group.score_mean); });
}

double calibration_error_squared(std::span<const ScoreGroup> groups) {
  return mean_over_creators(groups, [](const auto& group) {
    const double off = group.effect.mean - group.score_mean;
    return off * off - group.effect.se * group.effect.se;
  });
}

}  // namespace perennial
