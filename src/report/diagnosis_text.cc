#include <fmt/format.h>

#include "report/diagnosis_summary.h"
#include "report/diagnosis_words.h"
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

std::string text_of(const Discounting& found) {
  return fmt::format(
      "   users who come back next period   {}\n"
      "   engagement after the first period {}, discounted {}\n"
      "   {}\n",
      percent_words(found.returning_share), percent_words(found.later_share),
      percent_words(found.discounted_later_share), meaning_of(found));
}

std::string text_of(const ContentGap& found) {
  return fmt::format(
      "   later per present engagement, best fifth of now against the rest: {} less\n"
      "   advantage of the best fifth per impression: now {}, with what follows {}\n"
      "   {}\n",
      percent_words(found.gap), percent_words(found.short_run_advantage),
      percent_words(found.long_run_advantage), meaning_of(found));
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
      "   {}\n",
      percent_words(found.others_share), meaning_of(found));
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
  if (d.periods > 0) text += periods_words(d) + "\n";
  text += condition_text(condition_titles[0], d.discounting, d.why_not[0]);
  text += condition_text(condition_titles[1], d.content_gap, d.why_not[1]);
  text += condition_text(condition_titles[2], d.response, d.why_not[2]);
  text += condition_text(condition_titles[3], d.spillover, d.why_not[3]);
  return text;
}

}  // namespace perennial
