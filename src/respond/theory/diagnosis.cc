#include "respond/theory/diagnosis.h"

#include <fmt/format.h>

#include <cmath>
#include <tuple>
#include <utility>

namespace perennial {
namespace {

Estimate scaled(Estimate estimate, double factor) {
  for (auto* number : {&estimate.mean, &estimate.se, &estimate.low, &estimate.high}) *number *= factor;
  return estimate;
}

/// Two digits, but never as a power of ten.
std::string percent(double share) {
  const double percents = 100 * share;
  return std::abs(percents) < 99.5 ? fmt::format("{:.2g}%", percents) : fmt::format("{:.0f}%", percents);
}

std::pair<DiagnosisVerdict, std::string> no_response_answer(const Diagnosis& d) {
  const auto& effect = d.response->effect;
  if (effect.high < 0)
    return {DiagnosisVerdict::not_worth_it, "creators post less, not more, when they are engaged with more"};
  if (d.later_per_engagement && d.later_per_engagement->high < d.options.smallest_gain) {
    return {DiagnosisVerdict::not_worth_it,
            fmt::format(
                "even at the interval's upper end, one engagement is followed by {} of another in the next "
                "period, below {}",
                percent(d.later_per_engagement->high), percent(d.options.smallest_gain))};
  }
  return {DiagnosisVerdict::insufficient_data,
          "whether creators respond cannot be told from these tables: the interval holds both no response "
          "and one "
          "that would pay; more creators or more periods would narrow it"};
}

std::pair<DiagnosisVerdict, std::string> answer(const Diagnosis& d) {
  if (!d.response)
    return {DiagnosisVerdict::insufficient_data,
            "without the creators' response nothing follows: " + d.why_not[2]};
  if (d.response->effect.low <= 0) return no_response_answer(d);
  const auto& later = d.later_per_engagement;
  if (later && later->high < d.options.smallest_gain) {
    return {
        DiagnosisVerdict::not_worth_it,
        fmt::format(
            "creators respond, but one engagement is followed by at most {} of another in the next period, "
            "below {}",
            percent(later->high), percent(d.options.smallest_gain))};
  }
  const auto gain =
      later ? fmt::format("one engagement is followed by {} of another in the next period ({} to {})",
                          percent(later->mean), percent(later->low), percent(later->high))
            : std::string("creators post more when they are engaged with more");
  if (d.response->evidence != ResponseEvidence::experiment) {
    return {DiagnosisVerdict::run_an_experiment,
            gain + ", as far as can be seen without an experiment; only randomised exposure can confirm it"};
  }
  return {DiagnosisVerdict::worth_it, gain + ", measured by experiment"};
}

}  // namespace

void judge(Diagnosis& d) {
  d.later_per_engagement.reset();
  if (d.response && d.response->posts_per_engagement && d.response->engagement_per_post > 0) {
    d.later_per_engagement =
        scaled(*d.response->posts_per_engagement, d.options.gamma * d.response->engagement_per_post);
  }
  std::tie(d.verdict, d.reason) = answer(d);
}

}  // namespace perennial
