#include "respond/theory/panel_response.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_map>
#include <vector>

#include "respond/statistics/chi_square.h"
#include "respond/statistics/moments.h"
#include "respond/statistics/quantile.h"
#include "respond/statistics/quotient.h"
#include "respond/statistics/regression.h"
#include "respond/statistics/two_sample.h"

namespace perennial {
namespace {

constexpr std::size_t fewest_per_arm_and_group = 30;
constexpr std::size_t fewest_creators_to_regress = 30;

/// The same clusters by codes without gaps.
std::vector<std::uint32_t> numbered_from_0(std::span<const std::uint32_t> clusters) {
  std::unordered_map<std::uint32_t, std::uint32_t> codes;
  std::vector<std::uint32_t> numbered;
  for (const auto cluster : clusters)
    numbered.push_back(codes.try_emplace(cluster, static_cast<std::uint32_t>(codes.size())).first->second);
  return numbered;
}

/// The creators of one fifth.
struct Fifth {
  std::vector<double> outcome;
  std::vector<std::uint8_t> treated;
  std::vector<std::uint32_t> clusters;

  TwoArms arms() const { return {treated, clusters}; }
  bool large_enough() const {
    const auto arm = static_cast<std::size_t>(std::count(treated.begin(), treated.end(), 1));
    if (std::min(arm, treated.size() - arm) < fewest_per_arm_and_group) return false;
    return clusters.empty() ||
           std::adjacent_find(clusters.begin(), clusters.end(), std::not_equal_to<>()) != clusters.end();
  }
};

std::vector<Fifth> fifths_of(const PanelColumns& panel, std::span<const double> by) {
  const std::vector<double> shares = {.2, .4, .6, .8};
  const auto cuts = quantiles(by, shares);
  std::vector<Fifth> fifths(5);
  for (std::size_t i = 0; i < by.size(); ++i) {
    const auto fifth = std::lower_bound(cuts.begin(), cuts.end(), by[i]) - cuts.begin();
    Fifth& into = fifths[static_cast<std::size_t>(fifth)];
    into.outcome.push_back(panel.outcome[i]);
    into.treated.push_back(panel.treated[i]);
    if (!panel.clusters.empty()) into.clusters.push_back(panel.clusters[i]);
  }
  return fifths;
}

/// Covariance of the groups' effects: independent creators lie in one group each; clusters reach over several, so that
/// theirs comes from one regression on group and group x treated (CR1).
Eigen::MatrixXd covariance_of_effects(const std::vector<const Fifth*>& groups,
                                      const std::vector<GroupResponse>& found) {
  const auto count = static_cast<Eigen::Index>(groups.size());
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(count, count);
  if (groups.front()->clusters.empty()) {
    for (Eigen::Index g = 0; g < count; ++g)
      covariance(g, g) = std::pow(found[static_cast<std::size_t>(g)].effect.se, 2);
    return covariance;
  }
  std::vector<double> outcome;
  std::vector<std::uint32_t> clusters;
  for (const Fifth* group : groups) {
    outcome.insert(outcome.end(), group->outcome.begin(), group->outcome.end());
    clusters.insert(clusters.end(), group->clusters.begin(), group->clusters.end());
  }
  Eigen::MatrixXd design = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(outcome.size()), 2 * count);
  Eigen::Index row = 0;
  for (Eigen::Index g = 0; g < count; ++g) {
    for (const std::uint8_t treated : groups[static_cast<std::size_t>(g)]->treated) {
      design(row, g) = 1;
      design(row++, count + g) = treated;
    }
  }
  const auto fit = least_squares(design, outcome, {}, RobustErrors::cr1, numbered_from_0(clusters));
  return fit.covariance.bottomRightCorner(count, count);
}

/// P-value of "all groups have the same effect": Wald's test, which is Cochran's Q where groups are independent.
double same_effect_p(const Eigen::VectorXd& effects, const Eigen::MatrixXd& covariance) {
  const Eigen::Index contrasts = effects.size() - 1;
  Eigen::MatrixXd from_first(contrasts, effects.size());
  from_first << Eigen::VectorXd::Constant(contrasts, -1), Eigen::MatrixXd::Identity(contrasts, contrasts);
  const Eigen::VectorXd apart = from_first * effects;
  const Eigen::MatrixXd spread = from_first * covariance * from_first.transpose();
  return chi_square_tail(apart.dot(spread.ldlt().solve(apart)), static_cast<double>(contrasts));
}

void add_groups(CreatorResponse& response, const PanelColumns& panel) {
  const bool by_engagement = !panel.engagement_before.empty();
  const auto by = by_engagement ? panel.engagement_before : panel.outcome_before;
  if (by.empty()) return;
  const auto fifths = fifths_of(panel, by);
  std::vector<const Fifth*> groups;
  for (std::size_t f = 0; f < fifths.size(); ++f) {
    if (!fifths[f].large_enough()) continue;
    const Estimate effect = difference(arm_means(fifths[f].outcome, fifths[f].arms()));
    if (effect.se == 0) continue;
    groups.push_back(&fifths[f]);
    response.groups.push_back({fmt::format("fifth {} by {} before", f + 1,
                                           by_engagement ? panel.engagement_name : panel.outcome_name),
                               fifths[f].outcome.size(), effect});
  }
  if (response.groups.size() < 2) return response.groups.clear();
  Eigen::VectorXd effects(static_cast<Eigen::Index>(groups.size()));
  for (std::size_t g = 0; g < groups.size(); ++g)
    effects(static_cast<Eigen::Index>(g)) = response.groups[g].effect.mean;
  const auto covariance = covariance_of_effects(groups, response.groups);
  const Eigen::Index last = effects.size() - 1;
  const double variance = covariance(0, 0) + covariance(last, last) - 2 * covariance(0, last);
  response.difference = normal_estimate(effects(last) - effects(0), std::sqrt(std::max(0.0, variance)));
  response.difference_p = same_effect_p(effects, covariance);
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
  const TwoArms arms{panel.treated, panel.clusters};
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
  if (panel.outcome.size() < fewest_creators_to_regress) return std::nullopt;
  Eigen::MatrixXd design(n, 3);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    design.row(i) << 1, panel.outcome_before[row], panel.engagement_before[row];
  }
  const auto fit =
      least_squares(design, panel.outcome, {}, panel.clusters.empty() ? RobustErrors::hc1 : RobustErrors::cr1,
                    numbered_from_0(panel.clusters));
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
