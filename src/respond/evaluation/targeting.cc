#include "respond/evaluation/targeting.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"

namespace perennial {
namespace {

/// An area and what each creator adds to its error, in the creators' order.
struct Area {
  double value = 0;
  std::vector<double> influence;
};

/// Weight of a place in an area, and how it falls as the place's share of creators grows.
struct AutocLaw {
  double n, harmonic = 0;
  /// Places are asked for from the last to the first.
  double weight(std::size_t place) { return (harmonic += 1 / static_cast<double>(place + 1)) - 1; }
  double slope(std::size_t place) const { return -n / static_cast<double>(place + 1); }
};

struct QiniLaw {
  double n;
  double weight(std::size_t place) const { return (n - static_cast<double>(place)) / n - (n + 1) / (2 * n); }
  double slope(std::size_t) const { return -1; }
};

double sum_of(const Ranking& ranking, std::span<const double> effects, std::size_t begin, std::size_t end) {
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += effects[ranking.order[i]];
  return sum;
}

/// The influence of creator k on sum of a(u_i) G_i / n, u_i the share ranked at or above i: a(u_k) G_k - area for its own
/// effect, and for its place the sum over those below of a'(u_j) G_j / n, minus that sum's mean.
template <class Law>
Area area_of(const Ranking& ranking, std::span<const double> effects, Law law) {
  const std::size_t n = effects.size();
  const auto count = static_cast<double>(n);
  Area area{.value = 0, .influence = std::vector<double>(n, 0.0)};
  if (ranking.ends.size() < 2) return area;  // one score for all orders nobody
  double below = 0, place_mean = 0;
  for (std::size_t run = ranking.ends.size(); run-- > 0;) {
    const std::size_t begin = run == 0 ? 0 : ranking.ends[run - 1], end = ranking.ends[run];
    const auto size = static_cast<double>(end - begin);
    const double effect = sum_of(ranking, effects, begin, end) / size;
    double weight = 0, place = 0;
    for (std::size_t i = end; i-- > begin;) {
      weight += law.weight(i) / size;
      below += law.slope(i) * effect / count;
      place += below / size;
      place_mean += law.slope(i) * static_cast<double>(i + 1) / count * effect / count;
    }
    area.value += weight * effect * size / count;
    for (std::size_t i = begin; i < end; ++i)
      area.influence[ranking.order[i]] = weight * effects[ranking.order[i]] + place;
  }
  for (double& value : area.influence) value = (value - area.value - place_mean) / count;
  return area;
}

Estimate estimate_of(const Area& area, Clusters clusters) {
  return normal_estimate(area.value, influence_se(area.influence, clusters));
}

Area autoc_area(const Ranking& ranking, std::span<const double> effects) {
  return area_of(ranking, effects, AutocLaw{.n = static_cast<double>(effects.size())});
}

/// Effects in rank order, equal scores sharing their mean, so that a share may cut through a run.
std::vector<double> shared_effects(const Ranking& ranking, std::span<const double> effects) {
  std::vector<double> shared(effects.size());
  for_each_run(ranking, [&](std::size_t begin, std::size_t end) {
    const double mean = sum_of(ranking, effects, begin, end) / static_cast<double>(end - begin);
    std::fill(shared.begin() + static_cast<std::ptrdiff_t>(begin),
              shared.begin() + static_cast<std::ptrdiff_t>(end), mean);
  });
  return shared;
}

/// Sums of effects and of their squares over the first places.
struct RunningSums {
  double n = 0, sum = 0, squares = 0;
  void add(double effect) {
    ++n;
    sum += effect;
    squares += effect * effect;
  }
  RunningSums without(const RunningSums& other) const {
    return {n - other.n, sum - other.sum, squares - other.squares};
  }
  double mean_variance() const { return n < 2 ? 0 : std::max(0.0, squares - sum * sum / n) / (n - 1) / n; }
};

/// Error of (1 - q)(mean of the top - mean of the rest), clusters as a whole.
double clustered_gain_se(const Ranking& ranking, std::span<const double> effects, Clusters clusters,
                         std::size_t top, std::vector<double>& influence) {
  const std::size_t n = effects.size();
  const auto count = static_cast<double>(n), first = static_cast<double>(top), rest = count - first;
  const double top_mean = sum_of(ranking, effects, 0, top) / first;
  const double rest_mean = sum_of(ranking, effects, top, n) / rest;
  for (std::size_t i = 0; i < n; ++i) {
    const auto creator = ranking.order[i];
    influence[creator] = i < top ? (effects[creator] - top_mean) * rest / count / first
                                 : (rest_mean - effects[creator]) / count;
  }
  return influence_se(influence, clusters);
}

std::vector<CurvePoint> curve_of(const Ranking& ranking, std::span<const double> effects, Clusters clusters,
                                 std::size_t points) {
  const std::size_t n = effects.size();
  const auto shared = shared_effects(ranking, effects);
  const double shift = std::accumulate(effects.begin(), effects.end(), 0.0) / static_cast<double>(n);
  RunningSums all, top;
  for (const double effect : effects) all.add(effect - shift);
  std::vector<double> influence(clusters.empty() ? 0 : n);
  std::vector<CurvePoint> curve;
  double shared_sum = 0;
  std::size_t taken = 0;
  for (std::size_t point = 1; point <= points; ++point) {
    const double share = static_cast<double>(point) / static_cast<double>(points);
    const auto until = point == points
                           ? n
                           : std::max<std::size_t>(
                                 1, static_cast<std::size_t>(std::llround(share * static_cast<double>(n))));
    for (; taken < until; ++taken) {
      shared_sum += shared[taken] - shift;
      top.add(effects[ranking.order[taken]] - shift);
    }
    if (until == n) {
      curve.push_back({share, {}});
      continue;
    }
    const double rest = 1 - top.n / all.n;
    const double se = clusters.empty()
                          ? rest * std::sqrt(top.mean_variance() + all.without(top).mean_variance())
                          : clustered_gain_se(ranking, effects, clusters, until, influence);
    curve.push_back({share, normal_estimate(shared_sum / top.n, se)});
  }
  return curve;
}

}  // namespace

Targeting measure_targeting(const Ranking& ranking, std::span<const double> effects, Clusters clusters,
                            std::size_t points) {
  check(ranking.order.size() == effects.size() && !effects.empty(), "one effect for each creator ranked");
  return {
      .autoc = estimate_of(autoc_area(ranking, effects), clusters),
      .qini = estimate_of(area_of(ranking, effects, QiniLaw{static_cast<double>(effects.size())}), clusters),
      .curve = curve_of(ranking, effects, clusters, points)};
}

Estimate autoc_difference(const Ranking& ranking, const Ranking& other, std::span<const double> effects,
                          Clusters clusters) {
  check(ranking.order.size() == effects.size() && other.order.size() == effects.size(),
        "one effect for each creator ranked");
  Area area = autoc_area(ranking, effects);
  const Area less = autoc_area(other, effects);
  area.value -= less.value;
  for (std::size_t i = 0; i < effects.size(); ++i) area.influence[i] -= less.influence[i];
  return estimate_of(area, clusters);
}

}  // namespace perennial
