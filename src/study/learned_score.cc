#include <cmath>
#include <numeric>

#include "respond/response/fit.h"
#include "respond/response/split.h"
#include "respond/statistics/rank_correlation.h"
#include "study/experiment_parts.h"

namespace perennial {
namespace {

constexpr std::size_t half_samples = 200;

/// Values of the given rows.
template <class Value>
std::vector<Value> at_rows(const std::vector<Value>& values, const std::vector<std::uint32_t>& rows) {
  std::vector<Value> taken;
  taken.reserve(rows.size());
  for (const auto row : rows) taken.push_back(values[row]);
  return taken;
}

std::vector<std::uint8_t> treated_of(const CreatorTable& table) {
  std::vector<std::uint8_t> treated;
  for (const Arm arm : table.arms) treated.push_back(arm == Arm::treatment ? 1 : 0);
  return treated;
}

FitOptions fit_options(const StudyStage& stage, double propensity) {
  const auto& settings = stage.plan.experiment;
  FitOptions options;
  options.outcome = "posts";
  options.transform = settings.transform;
  options.propensity = propensity;
  options.salt = stage.salt("evaluation");
  options.learner.learner = settings.learner;
  options.learner.trees.leaf_weight_least = static_cast<double>(settings.leaf_weight);
  options.learner.seed = stage.future(4, 0);
  options.learner.threads = stage.workers.threads();
  return options;
}

/// What the platform can find out about the score by itself.
ScoreEvaluation evaluate_held_out(const StudyStage& stage, const CreatorTable& table, const ResponseFit& fit,
                                  const std::vector<std::uint32_t>& rows) {
  const auto predictions = fit.model->predict(*table.features, rows, stage.workers.threads());
  const auto outcome = at_rows(fit.transform(table.outcome(fit.options.outcome)), rows);
  const auto treated = at_rows(treated_of(table), rows);
  return evaluate_score({.units = {.outcome = outcome, .treated = treated, .clusters = {}},
                         .propensity = fit.propensity,
                         .score = predictions.score,
                         .order = {},
                         .control_outcome = predictions.control_outcome,
                         .treated_outcome = predictions.treated_outcome,
                         .cuts = fit.cuts},
                        half_samples, stage.future(4, 1), stage.workers);
}

/// Scores in posts.
std::vector<double> scores_in_posts(const StudyStage& stage, const CreatorTable& table,
                                    const ResponseFit& fit) {
  std::vector<std::uint32_t> all(table.size());
  std::iota(all.begin(), all.end(), 0U);
  const auto predictions = fit.model->predict(*table.features, all, stage.workers.threads());
  std::vector<double> posts;
  for (std::size_t c = 0; c < all.size(); ++c)
    posts.push_back(fit.transform.in_outcome_units(predictions.score[c], predictions.control_outcome[c]));
  return posts;
}

template <class Predicted>
double root_mean_square(const std::vector<double>& truth, Predicted predicted) {
  double squares = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) squares += std::pow(predicted(i) - truth[i], 2);
  return std::sqrt(squares / static_cast<double>(truth.size()));
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Regression of the truth on the score; 0 for a score that is one and the same.
double slope_on(const std::vector<double>& score, const std::vector<double>& truth) {
  const double score_mean = mean_of(score), truth_mean = mean_of(truth);
  double products = 0, squares = 0;
  for (std::size_t i = 0; i < score.size(); ++i) {
    products += (score[i] - score_mean) * (truth[i] - truth_mean);
    squares += (score[i] - score_mean) * (score[i] - score_mean);
  }
  return squares > 0 ? products / squares : 0;
}

double autoc_of(const std::vector<double>& score, const std::vector<double>& effects) {
  return measure_targeting(rank_by(score), effects, {}).autoc.mean;
}

/// Everything that needs the truth, on creators that the learner has not seen. `usual`: the training part's mean effect.
void hold_against(const TrueEffects& truth, const std::vector<std::uint32_t>& rows, double usual,
                  LearnedScore& learned) {
  const auto score = at_rows(learned.score, rows), effects = at_rows(truth.effect, rows);
  const auto& evaluation = learned.evaluation;
  learned.root_pehe = root_mean_square(effects, [&](std::size_t i) { return score[i]; });
  learned.constant_root_pehe = root_mean_square(effects, [&](std::size_t) { return usual; });
  learned.calibrated_root_pehe = root_mean_square(effects, [&](std::size_t i) {
    return evaluation.ate.mean + evaluation.blp.slope.mean * (score[i] - evaluation.score_mean);
  });
  learned.spearman = spearman_correlation(score, effects);
  learned.sensitivity_spearman = spearman_correlation(score, at_rows(truth.sensitivity, rows));
  learned.autoc = autoc_of(score, effects);
  learned.best_autoc = autoc_of(effects, effects);
  learned.slope = slope_on(score, effects);
}

}  // namespace

LearnedScore learn_score(const StudyStage& stage, const CreatorTable& table, const TrueEffects& truth) {
  LearnedScore learned;
  learned.treated = treated_of(table);
  double treated_count = 0;
  for (const auto treated : learned.treated) treated_count += treated;
  const auto options = fit_options(stage, treated_count / static_cast<double>(table.size()));
  const ResponseFit fit = fit_response(table, options);
  const auto split = split_creators(table, options.salt, options.held_out_share);
  learned.training_creators = split.training.size();
  learned.score = scores_in_posts(stage, table, fit);
  learned.evaluated.assign(table.size(), 0);
  for (const auto row : split.evaluation) learned.evaluated[row] = 1;
  learned.evaluation = evaluate_held_out(stage, table, fit, split.evaluation);
  double usual[2] = {0, 0}, counts[2] = {0, 0};
  for (const auto row : split.training) {
    usual[learned.treated[row]] += table.outcome("posts")[row];
    ++counts[learned.treated[row]];
  }
  hold_against(truth, split.evaluation, usual[1] / counts[1] - usual[0] / counts[0], learned);
  return learned;
}

}  // namespace perennial
