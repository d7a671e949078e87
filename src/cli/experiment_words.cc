#include "cli/experiment_words.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace perennial {
namespace {

constexpr std::size_t most_covariates = 5;

using Text = fmt::memory_buffer;

template <class... Values>
void say(Text& text, fmt::format_string<Values...> format, Values&&... values) {
  fmt::format_to(std::back_inserter(text), format, std::forward<Values>(values)...);
}

std::string percent(double share) {
  return std::isfinite(share) ? fmt::format("{:+.2f}%", 100 * share) : (share < 0 ? "-inf" : "+inf");
}

std::string lift_words(const std::optional<Lift>& lift) {
  if (!lift) return "no lift (the other mean is 0)";
  const Estimate& estimate = lift->estimate;
  return fmt::format("{} [{}, {}]{}", percent(estimate.mean), percent(estimate.low), percent(estimate.high),
                     lift->fieller ? " (Fieller)" : "");
}

std::string p_words(double p) {
  return p < 0.0001 ? "p < 0.0001" : fmt::format("p = {:.2g}", p);
}

void say_balance(Text& text, const CovariateBalance& balance) {
  if (balance.covariates.empty()) return;
  say(text, "Balance: {} covariates", balance.covariates.size());
  if (balance.omnibus) {
    say(text, ", all at once {}", p_words(balance.omnibus->p));
  } else {
    text.append(std::string_view(", too many for a test of all at once"));
  }
  say(text, "; {} beyond 0.1 standard deviations; largest:\n", balance.beyond_a_tenth);
  for (std::size_t c = 0; c < std::min(most_covariates, balance.covariates.size()); ++c) {
    const auto& covariate = balance.covariates[c];
    say(text, "  {:<32} {:>12.5g} against {:>12.5g}  {:+.3f} sd\n", covariate.name, covariate.treatment_mean,
        covariate.control_mean, covariate.standardised);
  }
}

void say_effect(Text& text, const OutcomeEffect& effect) {
  const Estimate& found = effect.primary();
  say(text, "  {:<16} {:<10} {:+.5g} [{:+.5g}, {:+.5g}]{}, {}, Holm {:.2g}, BH {:.2g}\n", effect.outcome,
      form_name(effect.form), found.mean, found.low, found.high, effect.cuped ? " CUPED" : "",
      p_words(found.p), effect.p_holm, effect.p_benjamini_hochberg);
  say(text, "  {:<27} lift {}; at any number of looks [{:+.5g}, {:+.5g}]\n", "",
      lift_words(effect.primary_lift()), effect.sequential.low, effect.sequential.high);
  if (!effect.cuped) return;
  say(text, "  {:<27} without the past {:+.5g} [{:+.5g}, {:+.5g}], variance {:.0f}% of that\n", "",
      effect.difference.mean, effect.difference.low, effect.difference.high,
      100 * effect.cuped->variance_ratio);
}

void say_elasticity(Text& text, const EngagementElasticity& found) {
  const Elasticity& e = found.elasticity;
  const auto set = e.anderson_rubin.bounded
                       ? fmt::format("[{:.4g}, {:.4g}]", e.anderson_rubin.low, e.anderson_rubin.high)
                       : std::string("without bound");
  say(text, "  {} per {}: {:.4g}", found.outcome, found.engagement, e.estimate.mean);
  if (e.weak) {
    say(text, " {} (Anderson-Rubin: the treatment barely moved {}, F = {:.1f})\n", set, found.engagement,
        e.first_stage_f);
  } else {
    say(text, " [{:.4g}, {:.4g}], Anderson-Rubin {}, F = {:.0f}\n", e.estimate.low, e.estimate.high, set,
        e.first_stage_f);
  }
}

void say_contamination(Text& text, const ExperimentAnalysis& analysis) {
  if (analysis.contaminations.empty()) {
    text.append(std::string_view("Contamination: cannot be measured without untouched creators.\n"));
    return;
  }
  text.append(std::string_view("Contamination (control against untouched):\n"));
  for (const auto& found : analysis.contaminations) {
    say(text, "  {:<16} {:.5g} against {:.5g}: {}, {}\n", found.outcome, found.control_mean,
        found.untouched_mean, lift_words(found.lift), p_words(found.difference.p));
  }
}

}  // namespace

std::string analysis_words(const ExperimentAnalysis& analysis) {
  Text text;
  for (const auto& warning : analysis.warnings) say(text, "WARNING: {}\n", warning);
  say(text, "{} treated creators, {} controls, {} untouched", analysis.treatment_creators,
      analysis.control_creators, analysis.untouched_creators);
  if (analysis.clusters > 0) say(text, ", in {} clusters", analysis.clusters);
  say(text, "\nSample ratio: {}\n", analysis.sample_ratio.sentence());
  say_balance(text, analysis.balance);
  if (!analysis.doses.empty()) text.append(std::string_view("Dose (treatment / control - 1):\n"));
  for (const auto& dose : analysis.doses)
    say(text, "  {:<16} {:.5g} against {:.5g}: {}\n", dose.exposure, dose.treatment_mean, dose.control_mean,
        lift_words(dose.lift));
  text.append(std::string_view("Effects (treatment - control, 95% intervals):\n"));
  for (const auto& effect : analysis.effects) say_effect(text, effect);
  if (!analysis.elasticities.empty())
    text.append(std::string_view("Extra outcome per extra engagement received:\n"));
  for (const auto& found : analysis.elasticities) say_elasticity(text, found);
  say_contamination(text, analysis);
  text.append(
      std::string_view("These are effects of treating this share of creators. Exposure is zero-sum: they say "
                       "nothing of treating "
                       "everybody.\n"));
  return fmt::to_string(text);
}

}  // namespace perennial
