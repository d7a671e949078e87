#include <fmt/format.h>

#include <cmath>

#include "report/levers_summary.h"
#include "report/levers_words.h"

namespace perennial {
namespace {

std::string percent(const Interval& interval) {
  return fmt::format("{:+.2f}% [{:+.2f}, {:+.2f}]", 100 * interval.mean, 100 * interval.low,
                     100 * interval.high);
}

std::string environment_text(const LeverEnvironment& environment) {
  auto text = fmt::format("\n{} ({}, {} creators, {} users)\n  {:<34}{:<27}{:<27}{:<27}{:<27}\n",
                          environment.name, environment.recommender, environment.creators, environment.users,
                          "per cent of neither", "clicks", "clicks, last 50", "posts", "worst decile");
  for (std::size_t i = 0; i < environment.contrasts.size(); ++i) {
    const auto& relative = environment.contrasts[i].relative;
    const auto of = [&](LeverMeasure measure) {
      return percent(relative[static_cast<std::size_t>(measure)]);
    };
    text +=
        fmt::format("  {:<34}{:<27}{:<27}{:<27}{:<27}\n", lever_contrasts()[i].name, of(LeverMeasure::clicks),
                    of(LeverMeasure::late_clicks), of(LeverMeasure::posts), of(LeverMeasure::worst_decile));
  }
  double spearman = 0, effect_spearman = 0;
  for (const auto& seed : environment.seeds) {
    spearman += seed.experiment.spearman / static_cast<double>(environment.seeds.size());
    effect_spearman += seed.experiment.effect_spearman / static_cast<double>(environment.seeds.size());
  }
  const auto& power = environment.power;
  return text + fmt::format(
                    "  experiment: posts {}; rank correlation with what a click truly adds: score {:.2f}, "
                    "effect {:.2f}; creators needed {}\n",
                    percent(power.lift), spearman, effect_spearman,
                    std::isfinite(power.creators) ? fmt::format("{:.0f}", power.creators) : "unknown");
}

}  // namespace

std::string levers_text(const LeversStudy& study) {
  std::string text = levers_headline(study) + "\n";
  for (const auto& environment : study.environments) text += environment_text(environment);
  return text + fmt::format("\n{} rounds a path, {} seeds, {:.0f} s, result {}\n", study.rounds,
                            study.seeds.size(), study.wall_seconds, study.result_hash);
}

}  // namespace perennial
