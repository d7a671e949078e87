#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "study/levers_parts.h"

namespace perennial {
namespace {

constexpr double wanted_power = 0.8;

std::size_t index_of(std::string_view path) {
  const auto found = std::ranges::find(lever_paths, path, &LeverPath::name);
  check(found != lever_paths.end(), "a contrast is between paths");
  return static_cast<std::size_t>(found - lever_paths.begin());
}

ContrastResult result_of(const LeverContrast& contrast, const std::vector<LeverSeed>& seeds) {
  ContrastResult result;
  for (std::size_t m = 0; m < lever_measure_count; ++m) {
    std::vector<double> absolute, relative;
    for (const LeverSeed& seed : seeds) {
      double difference = 0;
      for (const auto& [path, weight] : contrast.weights)
        difference += weight * seed.paths[index_of(path)].measures[m];
      const double base = seed.paths.front().measures[m];
      absolute.push_back(difference);
      relative.push_back(base > 0 ? difference / base : 0);
    }
    result.absolute[m] = interval_of(absolute);
    result.relative[m] = interval_of(relative);
  }
  return result;
}

}  // namespace

std::string_view name_of(LeverMeasure measure) {
  switch (measure) {
    case LeverMeasure::clicks:
      return "clicks_per_round";
    case LeverMeasure::late_clicks:
      return "last50_clicks_per_round";
    case LeverMeasure::posts:
      return "posts_per_round";
    case LeverMeasure::creators:
      return "creators_present";
    case LeverMeasure::worst_decile:
      return "worst_decile_click_rate";
    default:
      return "exposure_gini";
  }
}

const std::vector<LeverContrast>& lever_contrasts() {
  static const std::vector<LeverContrast> list = {
      {"suggest", "Suggest, alone", {{"suggest", 1}, {"neither", -1}}},
      {"suggest-unlearned", "Suggest without learning, alone", {{"suggest-unlearned", 1}, {"neither", -1}}},
      {"promote", "Promote, alone", {{"promote", 1}, {"neither", -1}}},
      {"promote-over-placebo", "Promote, against its placebo", {{"promote", 1}, {"placebo", -1}}},
      {"promote-on-suggest", "Promote, on top of suggest", {{"both", 1}, {"suggest", -1}}},
      {"promote-on-suggest-over-placebo",
       "The same, against its placebo",
       {{"both", 1}, {"suggest-placebo", -1}}},
      {"interaction",
       "Both, beyond the sum of each",
       {{"both", 1}, {"suggest", -1}, {"promote", -1}, {"neither", 1}}},
      {"both", "Both, against neither", {{"both", 1}, {"neither", -1}}},
      {"promote-effect", "Promote by effect on posts, alone", {{"promote-effect", 1}, {"neither", -1}}},
      {"promote-truth", "Promote by truth, alone", {{"promote-truth", 1}, {"neither", -1}}},
      {"promote-truth-on-suggest",
       "Promote by truth, on top of suggest",
       {{"both-truth", 1}, {"suggest", -1}}},
  };
  return list;
}

std::vector<ContrastResult> contrasts_of(const std::vector<LeverSeed>& seeds) {
  std::vector<ContrastResult> results;
  for (const auto& contrast : lever_contrasts()) results.push_back(result_of(contrast, seeds));
  return results;
}

ExperimentPower power_of_experiments(const std::vector<LeverSeed>& seeds) {
  ExperimentPower power;
  power.design.cv = 0;
  std::vector<double> lifts;
  const auto count = static_cast<double>(seeds.size());
  for (const auto& [seed, before, experiment, paths] : seeds) {
    lifts.push_back(experiment.control_posts > 0 ? experiment.posts.mean / experiment.control_posts : 0);
    power.design.cv += experiment.design.cv / count;
    power.design.correlation += experiment.design.correlation / count;
  }
  power.lift = interval_of(lifts);
  power.design.control_ratio = seeds.front().experiment.design.control_ratio;
  power.creators = std::numeric_limits<double>::infinity();
  if (power.lift.mean > 0) {
    power.creators =
        (1 + power.design.control_ratio) * creators_for_power(power.design, power.lift.mean, wanted_power);
  }
  power.for_halves = 4 * power.creators;
  return power;
}

}  // namespace perennial
