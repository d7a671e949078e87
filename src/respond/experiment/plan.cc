#include "respond/experiment/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "respond/statistics/cluster_correlation.h"
#include "respond/statistics/moments.h"

namespace perennial {
namespace {

constexpr double paper_half_width = 0.0017;  // +0.19% +- 0.17% posts
constexpr double paper_effect = 0.0019;
constexpr double most_creators = 1e12;
constexpr int curve_steps = 30;

void require(const char* name, const std::optional<double>& value, double above, double below) {
  if (value && !(*value > above && *value < below))
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} = {}: must be above {} and below {}", name, *value, above, below));
}

void require_options(const PlanOptions& options) {
  if (options.treated.has_value() + options.effect.has_value() + options.power.has_value() != 2)
    throw Error(ErrorCode::invalid_argument, "give two of creators, effect and power; the third follows");
  require("effect", options.effect, 0, 1e6);
  require("power", options.power, options.design.alpha / 2, 1);
  require("creators in treatment", options.treated, 0, most_creators);
}

/// Each arm needs two units that were randomised.
void require_size(const ExperimentPlan& plan) {
  const double least = 2 * plan.design.cluster_size;
  for (const double creators : {plan.treated, plan.control}) {
    if (creators >= least) continue;
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{:.3g} creators in an arm: must be at least {:.3g}{}", creators, least,
                            plan.design.cluster_size > 1 ? ", two clusters" : ""));
  }
}

std::string million_words(double count) {
  if (count >= 1e6) return fmt::format("{:.3g} million", count / 1e6);
  return fmt::format("{:.0f}", std::ceil(count));
}

std::string spread_words(const PowerDesign& design) {
  std::string words = fmt::format("a coefficient of variation of {:.3g}", design.cv);
  if (design.correlation != 0)
    words += fmt::format(", a correlation with the past of {:.2g}", design.correlation);
  if (design_effect(design) > 1) words += fmt::format(", a design effect of {:.3g}", design_effect(design));
  return words;
}

std::vector<PowerPoint> power_curve(const ExperimentPlan& plan) {
  std::vector<PowerPoint> curve;
  for (const double times : {0.25, 0.5, 1.0, 2.0, 4.0}) {
    const double treated = plan.treated * times;
    for (int step = 1; step <= curve_steps; ++step) {
      const double effect = 3 * plan.effect * step / curve_steps;
      curve.push_back(
          {treated, treated * plan.design.control_ratio, effect, power_of(plan.design, treated, effect)});
    }
  }
  return curve;
}

std::vector<std::string> sentences_of(const ExperimentPlan& plan) {
  std::vector<std::string> sentences = {
      fmt::format(
          "With {} treated creators and {} controls, an effect of {:+.3g}% is found with {:.0f}% power.",
          million_words(plan.treated), million_words(plan.control), 100 * plan.effect, 100 * plan.power),
      fmt::format("The 95% interval of the relative effect will be about +-{:.3g}%.", 100 * plan.half_width)};
  const auto needed =
      fmt::format("{} treated creators and {} controls at {}", million_words(plan.paper_treated),
                  million_words(plan.paper_treated * plan.design.control_ratio), spread_words(plan.design));
  if (plan.treated < plan.paper_treated) {
    const double times = plan.paper_treated / plan.treated;
    sentences.push_back(fmt::format(
        "That is too few for an effect as small as the one published for a boost of creators' distribution, "
        "{:+.2f}% +-{:.2f}% posts: an interval that narrow needs {}, {:.3g} times as many as here. Raise the "
        "multiplier, the shares or the time, or take out the creators' past, before starting.",
        100 * paper_effect, 100 * paper_half_width, needed, times));
  } else {
    sentences.push_back(
        fmt::format("That is enough for an interval as narrow as the one published for a boost of creators' "
                    "distribution, {:+.2f}% +-{:.2f}% posts, which needs {}.",
                    100 * paper_effect, 100 * paper_half_width, needed));
  }
  return sentences;
}

}  // namespace

ExperimentPlan plan_experiment(const PlanOptions& options) {
  require_options(options);
  ExperimentPlan plan;
  plan.design = options.design;
  plan.treated = options.treated
                     ? *options.treated
                     : std::ceil(creators_for_power(plan.design, *options.effect, *options.power));
  plan.control = std::ceil(plan.treated * plan.design.control_ratio);
  require_size(plan);
  plan.power = options.power ? *options.power : power_of(plan.design, plan.treated, *options.effect);
  plan.effect =
      options.effect ? *options.effect : detectable_effect(plan.design, plan.treated, *options.power);
  plan.half_width = 1.959963984540054 * relative_se(plan.design, plan.treated);
  plan.paper_treated = creators_for_half_width(plan.design, paper_half_width);
  plan.curve = power_curve(plan);
  plan.sentences = sentences_of(plan);
  return plan;
}

PowerDesign measured_design(const CreatorTable& table, const std::string& outcome) {
  std::vector<double> values, before;
  std::vector<std::uint32_t> clusters;
  const auto past = std::find_if(table.pre_outcomes.begin(), table.pre_outcomes.end(),
                                 [&](const auto& pre) { return pre.name == outcome; });
  const auto& all = table.outcome(outcome);
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!table.arms.empty() && table.arms[i] != Arm::control) continue;
    values.push_back(all[i]);
    if (past != table.pre_outcomes.end() && !std::isnan(past->values[i])) before.push_back(past->values[i]);
    if (!table.clusters.empty()) clusters.push_back(table.clusters[i]);
  }
  if (values.size() < 2)
    throw Error(ErrorCode::invalid_data, "fewer than two creators to measure the outcome's spread from");
  const Moments found = moments(values);
  if (found.mean <= 0 || found.variance == 0) {
    throw Error(
        ErrorCode::invalid_data,
        fmt::format("outcome '{}' has mean {:.4g} and standard deviation {:.4g}; a relative effect needs "
                    "a positive mean, and its power a spread",
                    outcome, found.mean, std::sqrt(found.variance)));
  }
  PowerDesign design;
  design.cv = std::sqrt(found.variance) / found.mean;
  if (before.size() == values.size()) design.correlation = correlation(values, before);
  if (!clusters.empty()) {
    auto codes = clusters;
    std::sort(codes.begin(), codes.end());
    const auto count = static_cast<std::size_t>(std::unique(codes.begin(), codes.end()) - codes.begin());
    if (count < 2 || count == clusters.size()) return design;
    const ClusterCorrelation together = cluster_correlation(values, clusters);
    design.cluster_size = together.size;
    design.icc = together.icc;
  }
  return design;
}

}  // namespace perennial
