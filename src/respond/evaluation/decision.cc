#include "respond/evaluation/decision.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace perennial {
namespace {

constexpr double passing_z = 1.959963984540054;
constexpr double powered_z = passing_z + 0.8416212335729143;  // 80% power
constexpr std::size_t least_units = 50;
constexpr double most_times_more = 10;

bool passes(const Estimate& estimate) {
  return estimate.z > passing_z;
}

std::string with_interval(const Estimate& estimate) {
  return fmt::format("{:.3g} (95% interval {:.3g} to {:.3g})", estimate.mean, estimate.low, estimate.high);
}

/// How many times the creators would show what was measured, or, for the slope, a score that is right; 0: nobody knows.
double times_needed(const DecisionInput& input) {
  double times = 1;
  if (!passes(input.slope)) times = std::max(times, std::pow(powered_z * input.slope.se, 2));
  for (const Estimate& test : {input.autoc, input.high_low}) {
    if (passes(test)) continue;
    if (!(test.z > 0)) return 0;
    // The slope's test failed too: judged together, by what a right score would show.
    if (passes(input.slope)) times = std::max(times, std::pow(powered_z / test.z, 2));
  }
  return times;
}

bool may_still_pass(const DecisionInput& input) {
  return input.slope.mean > 0 && input.slope.high >= 1 && input.autoc.mean > 0 && input.high_low.mean > 0;
}

std::size_t in_hundreds(double creators) {
  return static_cast<std::size_t>(100 * std::ceil(creators / 100));
}

/// How many times the creators would tell high from low where they differ by half the control mean.
double times_for_half_the_mean(const DecisionInput& input) {
  const double worthwhile = 0.5 * std::abs(input.control_mean);
  return worthwhile > 0 ? std::pow(powered_z * input.high_low.se / worthwhile, 2) : 0;
}

ResponseDecision too_few(const DecisionInput& input) {
  const auto smaller = std::min(input.treated, input.control);
  ResponseDecision decision{
      .verdict = ResponseVerdict::insufficient_data, .reason = {}, .creators_enough = {}};
  if (smaller > 0) {
    decision.creators_enough = static_cast<std::size_t>(
        std::ceil(static_cast<double>(input.creators * least_units) / static_cast<double>(smaller)));
  }
  decision.reason = fmt::format(
      "too few creators to say anything: {} treated and {} control units held out, {} of each are needed",
      input.treated, input.control, least_units);
  return decision;
}

ResponseDecision launch(const DecisionInput& input) {
  return {.verdict = ResponseVerdict::launch,
          .reason = fmt::format(
              "the score tells who responds: slope {}, AUTOC {}, and creators above the median score respond "
              "by {} more than those below",
              with_interval(input.slope), with_interval(input.autoc), with_interval(input.high_low)),
          .creators_enough = {}};
}

ResponseDecision refusal(const DecisionInput& input) {
  ResponseDecision decision{.verdict = ResponseVerdict::do_not_launch, .reason = {}, .creators_enough = {}};
  if (input.slope.se == 0) {
    decision.reason = "the score is one and the same for all creators";
  } else if (!passes(input.slope)) {
    decision.reason = fmt::format("effects do not rise with the score: slope {}", with_interval(input.slope));
  } else if (!passes(input.autoc)) {
    decision.reason = fmt::format("ranking by the score finds no more effect than chance: AUTOC {}",
                                  with_interval(input.autoc));
  } else {
    decision.reason =
        fmt::format("creators above the median score do not respond more than those below: difference {}",
                    with_interval(input.high_low));
  }
  return decision;
}

}  // namespace

std::string_view verdict_name(ResponseVerdict verdict) {
  switch (verdict) {
    case ResponseVerdict::launch:
      return "launch";
    case ResponseVerdict::do_not_launch:
      return "do-not-launch";
    default:
      return "insufficient-data";
  }
}

ResponseDecision decide(const DecisionInput& input) {
  if (std::min(input.treated, input.control) < least_units) return too_few(input);
  if (passes(input.slope) && passes(input.autoc) && passes(input.high_low)) return launch(input);
  ResponseDecision decision = refusal(input);
  const auto creators = static_cast<double>(input.creators);
  const double small_by = times_for_half_the_mean(input);
  if (small_by > 1 && input.slope.se > 0 && input.slope.high >= 1) {
    decision.verdict = ResponseVerdict::insufficient_data;
    decision.creators_enough = in_hundreds(creators * small_by);
    decision.reason += fmt::format(
        ", but {} creators are too few to see even effects that differ by half the control mean; about {} "
        "would be enough",
        input.creators, *decision.creators_enough);
  } else if (const double times = times_needed(input);
             may_still_pass(input) && times > 1 && times <= most_times_more) {
    decision.creators_enough = in_hundreds(creators * times);
    decision.reason +=
        fmt::format("; if the score is right all the same, about {} held-out creators would show it",
                    *decision.creators_enough);
  }
  return decision;
}

}  // namespace perennial
