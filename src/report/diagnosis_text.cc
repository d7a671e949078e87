#include <fmt/format.h>

#include "report/diagnosis_summary.h"
#include "report/words.h"

namespace perennial {
namespace {

std::string percent(double share) {
  return fmt::format("{:.1f}%", 100 * share);
}

std::string percent_words(const Estimate& share) {
  return fmt::format("{} ({} to {})", percent(share.mean), percent(share.low), percent(share.high));
}

std::string estimate_words(const Estimate& estimate) {
  return fmt::format("{:.4g} ({:.4g} to {:.4g})", estimate.mean, estimate.low, estimate.high);
}

std::string verdict_words(DiagnosisVerdict verdict) {
  switch (verdict) {
    case DiagnosisVerdict::worth_it:
      return "modelling the long run is worth it here";
    case DiagnosisVerdict::run_an_experiment:
      return "looks worth it; run an experiment before building on it";
    case DiagnosisVerdict::not_worth_it:
      return "not worth it here";
    case DiagnosisVerdict::insufficient_data:
      return "cannot be told from these tables";
  }
  return "";
}

std::string text_of(const Discounting& found) {
  return fmt::format(
      "   users who come back next period   {}\n"
      "   engagement after the first period {}, discounted {}\n"
      "   {} The more lies ahead, the more a better later supply is worth.\n",
      percent_words(found.returning_share), percent_words(found.later_share),
      percent_words(found.discounted_later_share),
      found.discounted_later_share.mean >= .5
          ? "Most of what users engage with lies ahead of their first visit."
          : "Most of what users engage with falls into their first visit.");
}

std::string meaning_of(const ContentGap& found) {
  if (found.gap.low > 0) {
    return found.long_run_advantage.high < 0
               ? "What is best now is not what is best later: the order turns round."
               : "The best of now leave less behind for later than the rest: a short-run ranking gives them "
                 "too much.";
  }
  if (found.gap.high < 0)
    return "The best of now are even better in the long run: a short-run ranking already favours them.";
  return "No difference is seen between what is best now and what is best later.";
}

std::string text_of(const ContentGap& found) {
  return fmt::format(
      "   later per present engagement, best fifth of now against the rest: {} less\n"
      "   advantage of the best fifth per impression: now {}, with what follows {}\n"
      "   {}\n",
      percent_words(found.gap), percent_words(found.short_run_advantage),
      percent_words(found.long_run_advantage), meaning_of(found));
}

std::string how_measured(const CreatorResponse& found) {
  switch (found.evidence) {
    case ResponseEvidence::experiment:
      return "measured by experiment";
    case ResponseEvidence::within_creators:
      return "observational: periods of the same creator compared";
    case ResponseEvidence::between_creators:
      return "observational: different creators compared, who differ in other ways too";
  }
  return "";
}

std::string effect_words(const CreatorResponse& found) {
  const bool experiment = found.evidence == ResponseEvidence::experiment;
  auto words = experiment ? fmt::format("   {} per creator, treatment - control: {}", found.outcome,
                                        estimate_words(found.effect))
                          : fmt::format("   {} per unit of {} received before: {}", found.outcome,
                                        found.engagement, estimate_words(found.effect));
  if (found.relative.se > 0) {
    words += experiment ? fmt::format(", {} of control", percent_words(found.relative))
                        : fmt::format("; elasticity {}", estimate_words(found.relative));
  }
  if (experiment && found.posts_per_engagement) {
    words += fmt::format("\n   {} per unit of {} received: {}", found.outcome, found.engagement,
                         estimate_words(*found.posts_per_engagement));
  }
  return words + "\n";
}

std::string meaning_of(const CreatorResponse& found) {
  const bool alike = !found.difference_p || *found.difference_p >= .05;
  const char* differently = !found.difference_p ? ""
                            : alike             ? " No difference between groups is seen."
                                    : " Groups respond differently: it matters whom a ranking encourages.";
  if (found.effect.low > 0) return std::string("Creators respond.") + differently;
  if (found.effect.high < 0) return std::string("Creators respond the other way.") + differently;
  return std::string("No response is seen.") + differently;
}

std::string text_of(const CreatorResponse& found) {
  std::string text = fmt::format("   {}, {} creators\n{}", how_measured(found), whole_words(found.creators),
                                 effect_words(found));
  for (const auto& group : found.groups)
    text += fmt::format("     {}: {}\n", group.group, estimate_words(group.effect));
  if (found.difference) {
    text += fmt::format("   last group - first: {}; the same in all groups: p = {:.2g}\n",
                        estimate_words(*found.difference), *found.difference_p);
  }
  return text + "   " + meaning_of(found) + "\n";
}

std::string text_of(const Spillover& found) {
  return fmt::format(
      "   engagement with later posts by users new to their creator: {}\n"
      "   Of what an encouraged creator makes, that share goes to others than those who encouraged it.\n",
      percent_words(found.others_share));
}

template <class Found>
std::string condition_text(const char* title, const std::optional<Found>& found, const std::string& why_not) {
  return fmt::format("\n{}\n{}", title,
                     found ? text_of(*found) : fmt::format("   not estimated: {}\n", why_not));
}

}  // namespace

std::string diagnosis_text(const Diagnosis& d) {
  std::string text;
  for (const auto& warning : d.warnings) text += "warning: " + warning + "\n";
  text += fmt::format("Verdict: {}.\n  {}.\n", verdict_words(d.verdict), d.reason);
  if (d.periods > 0) {
    text += d.period_in_seconds ? fmt::format("{} periods of {:.3g} days", d.periods, d.period_length / 86400)
                                : fmt::format("{} periods of {:.3g} time units", d.periods, d.period_length);
    text += fmt::format("; the next counts for {:.3g} of the present one.\n", d.options.gamma);
  }
  text += condition_text("1. How much lies ahead (discounting)", d.discounting, d.why_not[0]);
  text += condition_text("2. Best now against best later", d.content_gap, d.why_not[1]);
  text += condition_text("3. How strongly and how differently creators respond", d.response, d.why_not[2]);
  text += condition_text("4. Spillover between users", d.spillover, d.why_not[3]);
  return text;
}

}  // namespace perennial
