#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "study/meta_example.h"

namespace perennial {
namespace {

std::string percent(const Estimate& share) {
  return fmt::format("{:+.2f}% [{:+.2f}, {:+.2f}]", 100 * share.mean, 100 * share.low, 100 * share.high);
}

std::string groups(const Estimate& low, const Estimate& high, const Estimate& difference) {
  return fmt::format("low {}, high {}; difference {}", percent(low), percent(high), percent(difference));
}

/// The raw effect on one outcome.
const OutcomeEffect& effect_on(const MetaExample& example, std::string_view outcome) {
  return *std::ranges::find_if(example.analysis.effects, [&](const OutcomeEffect& effect) {
    return effect.outcome == outcome && effect.form == OutcomeForm::raw;
  });
}

/// A published value with its own interval: is it what ours says?
ClaimVerdict by_intervals(const Estimate& ours, double low, double high) {
  if (ours.low <= 0) return ours.high < 0 ? ClaimVerdict::fails : ClaimVerdict::untestable;
  return ours.low <= high && low <= ours.high ? ClaimVerdict::holds : ClaimVerdict::direction;
}

constexpr const char* interval_rule =
    "holds: our 95% interval lies above 0 and meets the published one; holds in direction: it lies above 0 "
    "elsewhere; does not hold: it lies below 0; cannot be tested: it holds 0";

MetaClaim dose_claim(const MetaExample& example) {
  const auto& likes = effect_on(example, "clicks");
  return {"The boost brings more likes",
          "+26%",
          likes.lift ? percent(likes.lift->estimate) : "none",
          "",
          ClaimVerdict::untestable,
          "the multiplier was chosen to bring about this dose"};
}

MetaClaim comments_claim() {
  return {"The boost brings more comments",      "+9%", "no comments here", "", ClaimVerdict::untestable,
          "users of the simulator click or skip"};
}

MetaClaim posts_claim(const MetaExample& example) {
  const auto& lift = effect_on(example, "posts").lift;
  const Estimate ours = lift ? lift->estimate : Estimate{};
  return {
      "Creators who are seen more post more",
      "+0.19%",
      percent(ours),
      fmt::format("treated {}, controls {}", percent(example.true_lift), percent(example.true_control_lift)),
      by_intervals(ours, 0.0019, 0.0019),
      interval_rule};
}

MetaClaim features_claim(const MetaFit& paper) {
  // What the logs call audience and activity.
  constexpr std::array<std::string_view, 6> general = {"posts_before",       "impressions_before",
                                                       "clicks_before",      "posts_just_before",
                                                       "clicks_just_before", "past_items"};
  const bool all = std::ranges::all_of(paper.outcome_features, [&](const std::string& name) {
    return std::ranges::find(general, name) != general.end();
  });
  const bool first = !paper.outcome_features.empty() &&
                     std::ranges::find(general, paper.outcome_features.front()) != general.end();
  return {
      "The first two models go by audience size and general activity",
      "said in words",
      fmt::format("{}", fmt::join(paper.outcome_features, ", ")),
      "",
      all     ? ClaimVerdict::holds
      : first ? ClaimVerdict::direction
              : ClaimVerdict::fails,
      "holds: the three features of most gain count posts, items, impressions or clicks; in direction: the "
      "first does"};
}

MetaClaim loss_claim(const MetaFit& paper) {
  const double least =
      paper.placebo_loss_ratios.empty() ? 1 : *std::ranges::min_element(paper.placebo_loss_ratios);
  const std::string placebo =
      paper.placebo_loss_ratios.empty() ? "not fitted" : fmt::format("{:.1f}%", 100 * least);
  // Half of what the ratio lies below 1 must be more than a placebo brings about.
  const bool tells = 1 - paper.loss_ratio > 2 * (1 - least);
  return {
      "The third model's loss over its baseline shows that it learns",
      "73.58%",
      fmt::format("{:.2f}%; with shuffled treatment {}", 100 * paper.loss_ratio, placebo),
      "",
      paper.placebo_loss_ratios.empty() ? ClaimVerdict::untestable
      : tells                           ? ClaimVerdict::holds
                                        : ClaimVerdict::fails,
      "holds: the loss falls more than twice as far below its baseline as in a fit with shuffled treatment"};
}

MetaClaim feature_split_claim(const MetaFit& paper) {
  const auto& split = paper.by_top_feature;
  return {fmt::format("Split on the third model's top feature ({}), two groups respond differently",
                      paper.top_feature),
          "0.11% +-0.17 against 1.5% +-1.1", groups(split.low, split.high, split.difference),
          groups(split.true_low, split.true_high, split.true_difference),
          // Which side is high is the feature's business: the sign of the difference is not the claim's.
          split.difference.p < 0.05
              ? (std::abs(split.difference.mean) <= 0.0139 + 0.0111 ? ClaimVerdict::holds
                                                                    : ClaimVerdict::direction)
              : ClaimVerdict::untestable,
          "holds: the two effects differ (p < 0.05) by no more than the published difference and its "
          "interval; in "
          "direction: they differ by more; cannot be tested: they do not differ measurably"};
}

MetaClaim follow_up_claim(const MetaFit& fit) {
  const auto& split = fit.by_score;
  return {
      fmt::format("Creators of high score gain more posts than those of low score ({})", fit.name),
      "proposed, no number",
      groups(split.low, split.high, split.difference),
      groups(split.true_low, split.true_high, split.true_difference),
      split.difference.low > 0    ? ClaimVerdict::holds
      : split.difference.high < 0 ? ClaimVerdict::fails
                                  : ClaimVerdict::untestable,
      "holds: on creators no model has seen the difference's 95% interval lies above 0; does not hold: below "
      "it"};
}

MetaClaim setting_claim(const MetaExample& example) {
  const auto& ours = example.paper_less_early_stopped;
  const auto& truth = example.true_paper_less_early_stopped;
  return {
      "1,000 rounds of 128 leaves are the lowest point of the learning curve",
      "said in words",
      fmt::format("AUTOC less that of early stopping, in posts: {:+.4f} [{:+.4f}, {:+.4f}]", ours.mean,
                  ours.low, ours.high),
      fmt::format("{:+.4f} [{:+.4f}, {:+.4f}]", truth.mean, truth.low, truth.high),
      truth.high < 0  ? ClaimVerdict::fails
      : truth.low > 0 ? ClaimVerdict::holds
                      : ClaimVerdict::untestable,
      "by the true AUTOC of both scores, paired: does not hold where early stopping finds responders better"};
}

MetaClaim precision_claim(const MetaExample& example) {
  const auto& lift = effect_on(example, "posts").lift;
  const double half = lift ? (lift->estimate.high - lift->estimate.low) / 2 : 0;
  return {"An experiment of this size tells an effect to +-0.17%",
          "+-0.17%",
          fmt::format("+-{:.2f}% with all {} creators; +-0.17% takes {:.0f} per arm at this coefficient of "
                      "variation ({:.2f})",
                      100 * half, example.creators, example.creators_per_arm_needed, example.cv),
          "",
          half <= 0.0017 ? ClaimVerdict::holds : ClaimVerdict::fails,
          "holds: the half width of our 95% interval is no larger"};
}

MetaClaim retraining_claim() {
  return {"Retraining once a week keeps the score fresh",
          "said in words",
          "one experiment was played",
          "",
          ClaimVerdict::untestable,
          "needs several experiments after each other"};
}

}  // namespace

void judge_claims(MetaExample& example) {
  const MetaFit& early = example.fits.at(0);
  const MetaFit& paper = example.fits.at(1);
  example.claims = {dose_claim(example),        comments_claim(),       posts_claim(example),
                    precision_claim(example),   features_claim(paper),  loss_claim(paper),
                    feature_split_claim(paper), follow_up_claim(paper), follow_up_claim(early),
                    setting_claim(example),     retraining_claim()};
}

}  // namespace perennial
