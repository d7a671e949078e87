#include "respond/theory/panel_response.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "respond/statistics/chi_square.h"
#include "respond/statistics/moments.h"
#include "respond/statistics/quantile.h"
#include "respond/statistics/quotient.h"
#include "respond/statistics/regression.h"
#include "respond/statistics/two_sample.h"

namespace perennial {
namespace {

constexpr std::size_t fewest_per_arm_and_group = 30;
constexpr std::size_t fewest_creators = 30;

/// The creators of one fifth.
struct Fifth {
  std::vector<double> outcome;
  std::vector<std::uint8_t> treated;

  bool large_enough() const {
    const auto arm = static_cast<std::size_t>(std::count(treated.begin(), treated.end(), 1));
    return std::min(arm, treated.size() - arm) >= fewest_per_arm_and_group;
  }
};

std::vector<Fifth> fifths_of(const PanelColumns& panel, std::span<const double> by) {
  const std::vector<double> shares = {.2, .4, .6, .8};
  const auto cuts = quantiles(by, shares);
  std::vector<Fifth> fifths(5);
  for (std::size_t i = 0; i < by.size(); ++i) {
    const auto fifth = std::lower_bound(cuts.begin(), cuts.end(), by[i]) - cuts.begin();
    fifths[static_cast<std::size_t>(fifth)].outcome.push_back(panel.outcome[i]);
    fifths[static_cast<std::size_t>(fifth)].treated.push_back(panel.treated[i]);
  }
  return fifths;
}

/// P-value of "all groups have the same effect" (Cochran's Q).
double same_effect_p(const std::vector<GroupResponse>& groups) {
  double weights = 0, weighted = 0, q = 0;
  for (const auto& group : groups) {
    const double weight = 1 / (group.effect.se * group.effect.se);
    weights += weight;
    weighted += weight * group.effect.mean;
  }
  for (const auto& group : groups)
    q += std::pow((group.effect.mean - weighted / weights) / group.effect.se, 2);
  return chi_square_tail(q, static_cast<double>(groups.size() - 1));
}

void add_groups(CreatorResponse& response, const PanelColumns& panel) {
  const bool by_engagement = !panel.engagement_before.empty();
  const auto by = by_engagement ? panel.engagement_before : panel.outcome_before;
  if (by.empty()) return;
  const auto fifths = fifths_of(panel, by);
  for (std::size_t f = 0; f < fifths.size(); ++f) {
    if (!fifths[f].large_enough()) continue;
    const Estimate effect = difference(arm_means(fifths[f].outcome, {fifths[f].treated, {}}));
    if (effect.se == 0) continue;
    response.groups.push_back({fmt::format("fifth {} by {} before", f + 1,
                                           by_engagement ? panel.engagement_name : panel.outcome_name),
                               fifths[f].outcome.size(), effect});
  }
  if (response.groups.size() < 2) return response.groups.clear();
  const auto& first = response.groups.front().effect;
  const auto& last = response.groups.back().effect;
  response.difference = normal_estimate(last.mean - first.mean, std::hypot(first.se, last.se));
  response.difference_p = same_effect_p(response.groups);
}

CreatorResponse named_response(const PanelColumns& panel, ResponseEvidence evidence) {
  CreatorResponse response;
  response.evidence = evidence;
  response.outcome = panel.outcome_name;
  response.engagement = panel.engagement_name;
  response.creators = panel.outcome.size();
  return response;
}

}  // namespace

CreatorResponse experiment_response(const PanelColumns& panel) {
  const TwoArms arms{panel.treated, {}};
  const ArmMeans means = arm_means(panel.outcome, arms);
  CreatorResponse response = named_response(panel, ResponseEvidence::experiment);
  response.effect = difference(means);
  if (means.control != 0) response.relative = relative_lift(means).estimate;
  if (!panel.engagement.empty()) {
    const auto both = paired_differences(panel.outcome, panel.engagement, arms);
    const ArmMeans engagement = arm_means(panel.engagement, arms);
    if (means.control > 0) response.engagement_per_post = engagement.control / means.control;
    if (both.second != 0) {
      const Elasticity per_engagement = elasticity(both);
      if (!per_engagement.weak) response.posts_per_engagement = per_engagement.estimate;
    }
  }
  add_groups(response, panel);
  return response;
}

std::optional<CreatorResponse> between_creators_response(const PanelColumns& panel) {
  const auto n = static_cast<Eigen::Index>(panel.outcome.size());
  if (panel.outcome.size() < fewest_creators) return std::nullopt;
  Eigen::MatrixXd design(n, 3);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    design.row(i) << 1, panel.outcome_before[row], panel.engagement_before[row];
  }
  const auto fit = least_squares(design, panel.outcome, {}, RobustErrors::hc1);
  const Estimate effect = fit.estimate(2);
  if (effect.se == 0) return std::nullopt;
  CreatorResponse response = named_response(panel, ResponseEvidence::between_creators);
  response.effect = effect;
  response.posts_per_engagement = effect;
  const double posts = moments(panel.outcome).mean;
  const double engagement = moments(panel.engagement_before).mean;
  const double before = moments(panel.outcome_before).mean;
  if (posts > 0)
    response.relative = normal_estimate(effect.mean * engagement / posts, effect.se * engagement / posts);
  if (before > 0) response.engagement_per_post = engagement / before;
  return response;
}

}  // namespace perennial
