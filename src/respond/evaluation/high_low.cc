#include "respond/evaluation/high_low.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "respond/statistics/quotient.h"

namespace perennial {
namespace {

struct Arms {
  double n[2] = {0, 0}, mean[2] = {0, 0};
  bool usable() const { return n[0] >= 2 && n[1] >= 2; }
};

/// Values of one group: `in(i)` says who belongs to it.
template <class In>
Arms arms_of(const ExperimentUnits& units, In in) {
  Arms arms;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!in(i)) continue;
    ++arms.n[units.treated[i] != 0];
    arms.mean[units.treated[i] != 0] += units.outcome[i];
  }
  for (int arm : {0, 1}) arms.mean[arm] /= std::max(1.0, arms.n[arm]);
  return arms;
}

/// One group's creators, copied together.
struct Group {
  std::vector<double> outcome;
  std::vector<std::uint8_t> treated;
  std::vector<std::uint32_t> clusters;
};

template <class In>
Group group_of(const ExperimentUnits& units, In in) {
  Group group;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!in(i)) continue;
    group.outcome.push_back(units.outcome[i]);
    group.treated.push_back(units.treated[i]);
    if (!units.clusters.empty()) group.clusters.push_back(units.clusters[i]);
  }
  return group;
}

Estimate relative_of(const Group& group, const Arms& arms) {
  if (!arms.usable() || arms.mean[0] == 0) return {};
  const auto lift = relative_lift(arm_means(group.outcome, {group.treated, group.clusters}));
  return lift.bounded && std::isfinite(lift.estimate.se) ? lift.estimate : Estimate{};
}

/// Adds sign x (error of the group's difference of means) of each creator, in the manner of Welch: n - 1 in each arm.
template <class In>
void add_influence(const ExperimentUnits& units, const Arms& arms, In in, double sign,
                   std::vector<double>& influence) {
  double scale[2] = {0, 0};
  for (int arm : {0, 1}) {
    const double n = arms.n[arm];
    scale[arm] = (arm == 1 ? sign : -sign) * (units.clusters.empty() ? 1 / std::sqrt(n * (n - 1)) : 1 / n);
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!in(i)) continue;
    const int arm = units.treated[i] != 0;
    influence[i] += scale[arm] * (units.outcome[i] - arms.mean[arm]);
  }
}

template <class In>
GroupEffect effect_of(const ExperimentUnits& units, In in) {
  const Arms arms = arms_of(units, in);
  GroupEffect group{.treated = static_cast<std::size_t>(arms.n[1]),
                    .control = static_cast<std::size_t>(arms.n[0]),
                    .control_mean = arms.mean[0],
                    .effect = {},
                    .relative = relative_of(group_of(units, in), arms)};
  if (!arms.usable()) return group;
  std::vector<double> influence(units.size(), 0.0);
  add_influence(units, arms, in, 1, influence);
  group.effect = normal_estimate(arms.mean[1] - arms.mean[0], influence_se(influence, units.clusters));
  return group;
}

}  // namespace

HighLow high_against_low(const ExperimentUnits& units, std::span<const double> values, double cut) {
  check(values.size() == units.size() && units.treated.size() == units.size(), "one value for each creator");
  const auto above = [&](std::size_t i) { return values[i] > cut; };
  const auto rest = [&](std::size_t i) { return values[i] <= cut; };
  HighLow result{.cut = cut,
                 .high = effect_of(units, above),
                 .low = effect_of(units, rest),
                 .difference = {},
                 .relative_difference = {}};
  const Arms high = arms_of(units, above), low = arms_of(units, rest);
  if (!high.usable() || !low.usable()) return result;
  std::vector<double> influence(units.size(), 0.0);
  add_influence(units, high, above, 1, influence);
  add_influence(units, low, rest, -1, influence);
  result.difference = normal_estimate(result.high.effect.mean - result.low.effect.mean,
                                      influence_se(influence, units.clusters));
  if (result.high.relative.se > 0 && result.low.relative.se > 0) {
    result.relative_difference = normal_estimate(result.high.relative.mean - result.low.relative.mean,
                                                 std::hypot(result.high.relative.se, result.low.relative.se));
  }
  return result;
}

}  // namespace perennial
