#include "report/diagnosis_words.h"

#include <fmt/format.h>

namespace perennial {

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

std::string meaning_of(const Discounting& found) {
  const std::string where = found.discounted_later_share.mean >= .5
                                ? "Most of what users engage with lies ahead of their first visit."
                                : "Most of what users engage with falls into their first visit.";
  return where + " The more lies ahead, the more a better later supply is worth.";
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

std::string meaning_of(const CreatorResponse& found) {
  const bool alike = !found.difference_p || *found.difference_p >= .05;
  const char* differently = !found.difference_p ? ""
                            : alike             ? " No difference between groups is seen."
                                    : " Groups respond differently: it matters whom a ranking encourages.";
  if (found.effect.low > 0) return std::string("Creators respond.") + differently;
  if (found.effect.high < 0) return std::string("Creators respond the other way.") + differently;
  return std::string("No response is seen.") + differently;
}

std::string meaning_of(const Spillover&) {
  return "Of what an encouraged creator makes, that share goes to others than those who encouraged it.";
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

std::string periods_words(const Diagnosis& d) {
  if (d.periods == 0) return "";
  const auto length = d.period_in_seconds ? fmt::format("{:.3g} days", d.period_length / 86400)
                                          : fmt::format("{:.3g} time units", d.period_length);
  return fmt::format("{} periods of {}; the next counts for {:.3g} of the present one.", d.periods, length,
                     d.options.gamma);
}

}  // namespace perennial
