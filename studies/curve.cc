#include "studies/curve.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/random.h"
#include "studies/figures.h"
#include "study/interval.h"

namespace perennial::studies {
namespace {

constexpr std::size_t moving_rounds = 10;
constexpr std::uint32_t resamples = 1000;

using Curve = std::vector<double>;

/// Clicks of `a` less `b` in each round, seed by seed.
std::vector<Curve> differences(const ComparedPolicy& a, const ComparedPolicy& b) {
  std::vector<Curve> curves(a.runs.size());
  for (std::size_t s = 0; s < a.runs.size(); ++s) {
    for (std::size_t r = 0; r < a.runs[s].rounds.size(); ++r)
      curves[s].push_back(at(a.runs[s].rounds[r], Metric::clicks) - at(b.runs[s].rounds[r], Metric::clicks));
  }
  return curves;
}

Curve mean_of(const std::vector<Curve>& curves, const std::vector<std::size_t>& seeds) {
  Curve mean(curves.front().size());
  for (const auto seed : seeds) {
    for (std::size_t r = 0; r < mean.size(); ++r) mean[r] += curves[seed][r];
  }
  for (double& value : mean) value /= static_cast<double>(seeds.size());
  return mean;
}

double mean_of_rounds(const Curve& curve, std::size_t begin, std::size_t end) {
  return std::accumulate(curve.begin() + static_cast<std::ptrdiff_t>(begin),
                         curve.begin() + static_cast<std::ptrdiff_t>(end), 0.0) /
         static_cast<double>(end - begin);
}

/// 0 = nothing gained.
std::size_t first_round(const Curve& curve, double share) {
  if (curve.size() < last_rounds + moving_rounds) return 0;
  const double gain = mean_of_rounds(curve, curve.size() - last_rounds, curve.size());
  if (gain <= 0) return 0;
  for (std::size_t end = moving_rounds; end <= curve.size(); ++end) {
    if (mean_of_rounds(curve, end - moving_rounds, end) >= share * gain) return end;
  }
  return curve.size();
}

}  // namespace

std::optional<RoundOfGain> round_of_gain(const ComparedPolicy& a, const ComparedPolicy& b, double share) {
  const auto curves = differences(a, b);
  std::vector<std::size_t> seeds(curves.size());
  std::iota(seeds.begin(), seeds.end(), std::size_t{0});
  const auto round = first_round(mean_of(curves, seeds), share);
  if (round == 0) return std::nullopt;
  const Draws draws(0, Purpose::world);
  std::vector<std::size_t> rounds;
  for (std::uint32_t i = 0; i < resamples; ++i) {
    for (std::uint32_t s = 0; s < seeds.size(); ++s)
      seeds[s] = draws.below(static_cast<std::uint32_t>(curves.size()), i, s);
    if (const auto resampled = first_round(mean_of(curves, seeds), share)) rounds.push_back(resampled);
  }
  if (rounds.empty()) return std::nullopt;
  std::sort(rounds.begin(), rounds.end());
  return RoundOfGain{round, rounds[rounds.size() / 40], rounds[rounds.size() - 1 - rounds.size() / 40]};
}

}  // namespace perennial::studies
