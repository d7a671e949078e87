#include "respond/experiment/outcome_effect.h"

#include <algorithm>
#include <cmath>

#include "respond/statistics/moments.h"
#include "respond/statistics/quantile.h"

namespace perennial {
namespace {

constexpr double winsor_share = 0.999;

bool is_constant(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
}

bool is_binary(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return value == 0 || value == 1; });
}

/// The values in that form; empty where they cannot have it or it changes nothing.
std::vector<double> formed(OutcomeForm form, const std::vector<double>& values) {
  if (form == OutcomeForm::raw) return values;
  std::vector<double> changed = values;
  if (form == OutcomeForm::winsorised) {
    const double cap = quantile(values, winsor_share);
    for (double& value : changed) value = std::min(value, cap);
  } else if (form == OutcomeForm::log1p) {
    if (*std::min_element(values.begin(), values.end()) < 0) return {};
    for (double& value : changed) value = std::log1p(value);
  } else {
    for (double& value : changed) value = value > 0 ? 1 : 0;
  }
  if (changed == values || is_constant(changed)) return {};
  return changed;
}

/// Gaps become the mean of what is there: that takes nothing from validity, only from precision.
std::vector<double> without_gaps(std::vector<double> past) {
  double sum = 0, count = 0;
  for (const double value : past) {
    if (std::isnan(value)) continue;
    sum += value;
    count += 1;
  }
  if (count == 0) return {};
  for (double& value : past) value = std::isnan(value) ? sum / count : value;
  return past;
}

std::optional<Lift> lift_of(const ArmMeans& means) {
  if (means.control == 0) return std::nullopt;
  return relative_lift(means);
}

OutcomeEffect effect_of(const std::string& outcome, OutcomeForm form, const ArmMeans& means) {
  OutcomeEffect effect;
  effect.outcome = outcome;
  effect.form = form;
  effect.treatment_mean = means.treatment;
  effect.control_mean = means.control;
  effect.difference = difference(means);
  effect.lift = lift_of(means);
  return effect;
}

AdjustedEffect adjusted_effect(const std::vector<double>& values, const std::vector<double>& past,
                               const TwoArms& arms) {
  const Cuped adjusted = cuped(values, past);
  const ArmMeans means = arm_means(adjusted.adjusted, arms);
  return {adjusted.theta, adjusted.variance_ratio, difference(means), lift_of(means)};
}

void add_sequential(OutcomeEffect& effect, const TwoArms& arms, double planned_creators) {
  const auto n = static_cast<double>(arms.size());
  const Estimate& found = effect.primary();
  effect.sequential = sequential_interval(found, n, planned_creators > 0 ? planned_creators : n);
  // It is asymptotic: with few clusters Student's law makes the plain interval wider, and many looks cannot know more.
  effect.sequential.low = std::min(effect.sequential.low, found.low);
  effect.sequential.high = std::max(effect.sequential.high, found.high);
}

}  // namespace

std::string form_name(OutcomeForm form) {
  switch (form) {
    case OutcomeForm::raw:
      return "raw";
    case OutcomeForm::winsorised:
      return "winsorised";
    case OutcomeForm::log1p:
      return "log1p";
    case OutcomeForm::any:
      return "any";
    case OutcomeForm::ratio:
      return "ratio";
  }
  return "";
}

std::optional<OutcomeEffect> outcome_effect(const std::string& outcome, OutcomeForm form,
                                            const std::vector<double>& values,
                                            const std::vector<double>& past, const TwoArms& arms,
                                            double planned_creators) {
  if (is_constant(values) || (form != OutcomeForm::raw && is_binary(values))) return std::nullopt;
  const std::vector<double> used = formed(form, values);
  if (used.empty()) return std::nullopt;
  OutcomeEffect effect = effect_of(outcome, form, arm_means(used, arms));
  std::vector<double> before = without_gaps(past);
  if (!before.empty() && form != OutcomeForm::raw) {
    // A past that cannot take the form, or is not changed by it, serves as it is.
    if (auto changed = formed(form, before); !changed.empty()) before = std::move(changed);
  }
  if (!before.empty() && !is_constant(before)) effect.cuped = adjusted_effect(used, before, arms);
  add_sequential(effect, arms, planned_creators);
  return effect;
}

OutcomeEffect ratio_effect(const std::string& name, const std::vector<double>& numerator,
                           const std::vector<double>& denominator, const TwoArms& arms,
                           double planned_creators) {
  OutcomeEffect effect = effect_of(name, OutcomeForm::ratio, arm_ratios(numerator, denominator, arms));
  add_sequential(effect, arms, planned_creators);
  return effect;
}

}  // namespace perennial
