#include "study/meta_example.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <numeric>

#include "io/hash.h"
#include "respond/evaluation/doubly_robust.h"
#include "respond/experiment/plan.h"
#include "respond/response/evaluate.h"
#include "respond/response/feature_findings.h"
#include "respond/response/fit.h"
#include "respond/response/held_out.h"
#include "respond/statistics/moments.h"
#include "respond/statistics/quotient.h"
#include "respond/statistics/rank_correlation.h"
#include "study/meta_markets.h"

namespace perennial {
namespace {

constexpr const char* outcome_name = "posts";

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void begin_part(const MetaExampleControl& control, const std::string& part, std::uint64_t steps) {
  if (control.begins) control.begins(part, steps);
}

/// Mean of a less mean of b over mean of b, of the same creators; by linearisation.
Estimate relative_change(std::span<const double> a, std::span<const double> b) {
  const double base = moments(b).mean, change = moments(a).mean / base - 1;
  std::vector<double> residuals;
  for (std::size_t i = 0; i < a.size(); ++i) residuals.push_back((a[i] - b[i] - change * b[i]) / base);
  const Estimate error = mean_estimate(residuals, {});
  return normal_estimate(change, error.se);
}

/// The creators of one arm (or group) with what became of them in both forks.
struct Forked {
  std::vector<double> with, without;

  void add(const MetaMarkets& markets, std::size_t row) {
    with.push_back(markets.expected_posts[row]);
    without.push_back(markets.untouched_posts[row]);
  }
  Estimate change() const { return relative_change(with, without); }
};

void measure_truth(const MetaMarkets& markets, MetaExample& example) {
  Forked treated, controls;
  std::vector<double> exposure, untouched;
  const auto& impressions = markets.table.outcome("impressions");
  for (std::size_t row = 0; row < markets.table.size(); ++row) {
    const bool is_treated = markets.table.arms[row] == Arm::treatment;
    (is_treated ? treated : controls).add(markets, row);
    if (is_treated) continue;
    exposure.push_back(impressions[row]);
    untouched.push_back(markets.untouched_exposure[row]);
  }
  example.true_lift = treated.change();
  example.true_control_lift = controls.change();
  example.true_control_exposure = relative_change(exposure, untouched);
}

/// Held-out creators above and below a cut; without a value in neither.
GroupsBesideTruth beside_truth(const MetaMarkets& markets, const HeldOut& held_out,
                               std::span<const double> values, double cut) {
  GroupsBesideTruth groups;
  const auto split =
      high_against_low({held_out.raw_outcome, held_out.treated, held_out.clusters}, values, cut);
  groups.high = split.high.relative;
  groups.low = split.low.relative;
  groups.difference = split.relative_difference;
  Forked high, low;
  for (std::size_t i = 0; i < held_out.rows.size(); ++i) {
    if (held_out.treated[i] == 0 || std::isnan(values[i])) continue;
    (values[i] > cut ? high : low).add(markets, held_out.rows[i]);
  }
  if (high.with.size() < 2 || low.with.size() < 2) return groups;
  groups.true_high = high.change();
  groups.true_low = low.change();
  groups.true_difference = normal_estimate(groups.true_high.mean - groups.true_low.mean,
                                           std::hypot(groups.true_high.se, groups.true_low.se));
  return groups;
}

std::vector<double> feature_values(const CreatorTable& table, const HeldOut& held_out,
                                   const std::string& name) {
  const auto names = table.schema.names();
  const auto column = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  constexpr std::size_t block_rows = 8192;
  std::vector<double> values;
  table.features->for_each_block(held_out.rows, block_rows, [&](std::span<const float> block, auto numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) values.push_back(block[i * names.size() + column]);
  });
  return values;
}

/// True effects of the treated among the held out: boosted less untouched, on the same coins.
struct TreatedTruth {
  std::vector<std::size_t> places;  // in held_out.rows
  std::vector<double> effects;

  TreatedTruth(const MetaMarkets& markets, const HeldOut& held_out) {
    for (std::size_t i = 0; i < held_out.rows.size(); ++i) {
      if (held_out.treated[i] == 0) continue;
      const auto row = held_out.rows[i];
      places.push_back(i);
      effects.push_back(markets.expected_posts[row] - markets.untouched_posts[row]);
    }
  }
  std::vector<double> of(std::span<const double> values) const {
    std::vector<double> taken;
    for (const auto place : places) taken.push_back(values[place]);
    return taken;
  }
};

/// A fit and its scores of the creators it has not seen.
struct Scored {
  ResponseFit fit;
  HeldOut held_out;
  CreatorPredictions predictions;
};

FitOptions options_of(const MetaExampleOptions& options, const MetaExampleControl& control, bool paper) {
  FitOptions fit;
  fit.outcome = outcome_name;
  fit.propensity = 0.5;
  fit.transform = paper ? "raw" : "auto";
  if (paper) fit.learner = paper_preset();
  fit.learner.seed = options.seed;
  fit.learner.threads = control.threads;
  return fit;
}

std::vector<std::string> best_features(const ResponseFit& fit) {
  std::vector<std::string> names;
  for (const auto& one : by_importance(fit.model->outcome_gains(fit.schema))) names.push_back(one.feature);
  names.resize(std::min<std::size_t>(3, names.size()));
  return names;
}

std::size_t placebos_of(const MetaExampleOptions& options, bool paper) {
  return paper ? std::min<std::size_t>(1, options.placebos) : options.placebos;
}

/// Fits, evaluates, and holds the scores against the truth.
Scored learn(const MetaMarkets& markets, const MetaExampleOptions& options, const MetaExampleControl& control,
             bool paper, MetaFit& found) {
  const double begin = cpu_seconds();
  const auto fit_options = options_of(options, control, paper);
  const auto steps = fit_steps(fit_options.learner);
  begin_part(control, paper ? "the paper's setting" : "early-stopped learner",
             steps * (1 + placebos_of(options, paper)));
  Scored scored{
      .fit = fit_response(markets.table, fit_options, control.advances), .held_out = {}, .predictions = {}};
  found.cpu_seconds = cpu_seconds() - begin;
  scored.held_out = held_out_creators(markets.table, scored.fit);
  scored.predictions =
      scored.fit.model->predict(*markets.table.features, scored.held_out.rows, control.threads);
  found.name = paper ? "paper" : "early-stopped";
  found.transform = scored.fit.transform.name();
  found.sizes = scored.fit.model->sizes();
  found.loss_ratio = scored.fit.model->final_loss().ratio();
  found.outcome_features = best_features(scored.fit);
  found.evaluation = evaluate_response(scored.fit, markets.table,
                                       {.placebos = placebos_of(options, paper),
                                        .half_samples = 0,
                                        .seed = options.seed,
                                        .threads = control.threads},
                                       [&] {
                                         if (control.advances) control.advances(steps);
                                       });
  if (found.evaluation.placebo) found.placebo_loss_ratios = found.evaluation.placebo->loss_ratio;
  found.by_score = beside_truth(markets, scored.held_out, scored.predictions.score, scored.fit.cuts[1]);
  if (const auto split = split_on_top_feature(markets.table, scored.held_out, found.evaluation.importance)) {
    found.top_feature = split->feature;
    found.by_top_feature =
        beside_truth(markets, scored.held_out, feature_values(markets.table, scored.held_out, split->feature),
                     split->split.cut);
  }
  const TreatedTruth truth(markets, scored.held_out);
  found.true_autoc = measure_targeting(rank_by(truth.of(scored.predictions.score)), truth.effects, {}).autoc;
  std::vector<double> sensitivity;
  for (const auto row : scored.held_out.rows) sensitivity.push_back(markets.sensitivity[row]);
  found.sensitivity_spearman = spearman_correlation(scored.predictions.score, sensitivity);
  return scored;
}

/// Which of both scores finds better who responds, in posts and on the same creators.
void compare_scores(const MetaMarkets& markets, const Scored& early, const Scored& paper,
                    MetaExample& example) {
  const auto& held_out = early.held_out;
  const auto effects =
      doubly_robust_scores(paper.held_out.raw_outcome, held_out.treated, paper.predictions.control_outcome,
                           paper.predictions.treated_outcome, paper.fit.propensity);
  example.paper_less_early_stopped = autoc_difference(
      rank_by(paper.predictions.score), rank_by(early.predictions.score), effects, held_out.clusters);
  const TreatedTruth truth(markets, held_out);
  example.true_paper_less_early_stopped =
      autoc_difference(rank_by(truth.of(paper.predictions.score)), rank_by(truth.of(early.predictions.score)),
                       truth.effects, {});
}

void plan_the_published(const MetaMarkets& markets, MetaExample& example) {
  const auto posts = moments(markets.table.outcome(outcome_name));
  example.cv = std::sqrt(posts.variance) / posts.mean;
  // n per arm such that the 95% interval of the lift is +-0.17%: 2 (1.96 CV / 0.0017)^2.
  example.creators_per_arm_needed = 2 * std::pow(1.959964 * example.cv / 0.0017, 2);
}

std::string hash_of(const MetaMarkets& markets, const MetaExample& example) {
  std::uint64_t hash = 0;
  const auto add = [&](const std::vector<double>& values) {
    hash = hash_bytes(std::as_bytes(std::span(values)), hash);
  };
  add(markets.expected_posts);
  add(markets.table.outcome(outcome_name));
  for (const auto& fit : example.fits)
    add({fit.loss_ratio, fit.evaluation.judged.targeting.autoc.mean, fit.true_autoc.mean});
  return hash_text(hash);
}

}  // namespace

MetaExample play_meta_example(const MetaExampleOptions& options, const MetaExampleControl& control) {
  const double begin = cpu_seconds();
  MetaExample example;
  example.options = options;
  begin_part(control, "markets", static_cast<std::uint64_t>(options.markets));
  const MetaMarkets markets = play_markets(options, control);
  example.creators = markets.table.size();
  measure_truth(markets, example);
  plan_the_published(markets, example);
  example.analysis = analyze_experiment(markets.table, {.outcomes = {outcome_name, "clicks"},
                                                        .exposures = {"impressions"},
                                                        .ratios = {},
                                                        .engagement = "clicks"});
  example.fits.resize(2);
  const auto early = learn(markets, options, control, false, example.fits[0]);
  const auto paper = learn(markets, options, control, true, example.fits[1]);
  example.training_creators = early.fit.training_creators;
  example.evaluation_creators = early.fit.held_out_creators;
  compare_scores(markets, early, paper, example);
  judge_claims(example);
  example.result_hash = hash_of(markets, example);
  example.cpu_seconds = cpu_seconds() - begin;
  return example;
}

}  // namespace perennial
