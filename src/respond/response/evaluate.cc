#include "respond/response/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "respond/response/feature_findings.h"
#include "respond/response/held_out.h"
#include "respond/response/placebo.h"

namespace perennial {
namespace {

/// Predictions in the outcome's own units.
CreatorPredictions expanded(const CreatorPredictions& predictions, const OutcomeTransform& transform) {
  CreatorPredictions result;
  for (std::size_t i = 0; i < predictions.score.size(); ++i) {
    const double control = predictions.control_outcome[i];
    result.score.push_back(transform.in_outcome_units(predictions.score[i], control));
    result.control_outcome.push_back(transform.in_outcome_units(control, 0));
    result.treated_outcome.push_back(transform.in_outcome_units(predictions.treated_outcome[i], 0));
  }
  return result;
}

ScoreEvaluation evaluate_raw(const HeldOut& held_out, const CreatorPredictions& predictions,
                             const ResponseFit& fit, const EvaluateOptions& options, Workers& workers) {
  const auto raw = expanded(predictions, fit.transform);
  EvaluationData data = evaluation_data(held_out, raw, fit);
  data.units.outcome = held_out.raw_outcome;
  data.order = predictions.score;
  return evaluate_score(data, options.half_samples, options.seed, workers);
}

void warn_of_own_past(const CreatorTable& table, ResponseEvaluation& result) {
  if (result.importance.empty()) return;
  const auto& top = result.importance.front();
  if (top.gain <= 0 && top.contribution <= 0) return;
  if (!is_own_past(table, result.outcome, top.feature)) return;
  result.warnings.push_back(
      fmt::format("the most important feature, '{}', is the outcome's own past: the score may tell who makes "
                  "more anyway, rather than "
                  "who responds; look at the split on it and at the effect relative to the control mean",
                  top.feature));
}

void warn_of_clusters(const ResponseFit& fit, const HeldOut& held_out, ResponseEvaluation& result) {
  if (!held_out.clusters.empty() && fit.split_by == SplitUnit::creator)
    result.warnings.push_back(
        "the model was fitted without --cluster: it has learned from creators of the clusters that judge it, "
        "so "
        "that it may look better than it is; fit it again with --cluster");
  constexpr std::size_t few_clusters = 30;
  if (held_out.clusters.empty() || result.judged.clusters >= few_clusters) return;
  result.warnings.push_back(
      fmt::format("only {} clusters are held out: intervals by cluster are too narrow below about {}",
                  result.judged.clusters, few_clusters));
}

ResponseEvaluation described(const ResponseFit& fit, const CreatorTable& table) {
  ResponseEvaluation result;
  result.learner = fit.options.learner.learner;
  if (result.learner == "three-model") result.imputation = fit.options.learner.imputation;
  result.outcome = fit.options.outcome;
  result.transform = fit.transform.name();
  result.propensity = fit.propensity;
  result.training_creators = fit.training_creators;
  result.creators = table.size();
  result.importance = by_importance(fit.importance);
  if (fit.model->final_loss().baseline > 0) result.third_model_loss_ratio = fit.model->final_loss().ratio();
  result.warnings = table.warnings;
  return result;
}

}  // namespace

ResponseEvaluation evaluate_response(const ResponseFit& fit, const CreatorTable& table,
                                     const EvaluateOptions& options, const std::function<void()>& done) {
  if (table.arms.empty() || !table.features)
    throw Error(ErrorCode::invalid_argument,
                "an evaluation needs a table with the experiment's arms and features");
  const HeldOut held_out = held_out_creators(table, fit);
  Workers workers(options.threads);
  const auto predictions = fit.model->predict(*table.features, held_out.rows, options.threads);
  ResponseEvaluation result = described(fit, table);
  result.judged = evaluate_score(evaluation_data(held_out, predictions, fit), options.half_samples,
                                 options.seed, workers);
  if (fit.transform.kind() != TransformKind::raw)
    result.raw = evaluate_raw(held_out, predictions, fit, options, workers);
  result.contrasts = contrast_features(table, held_out.rows, predictions.score);
  result.feature_split = split_on_top_feature(table, held_out, result.importance);
  warn_of_own_past(table, result);
  warn_of_clusters(fit, held_out, result);
  if (options.placebos > 0) {
    result.placebo = fit_placebos(fit, table, held_out, result.judged.targeting.autoc.mean, options.placebos,
                                  options.seed, workers, done);
  }
  return result;
}

Calibration calibration_of(const ResponseEvaluation& evaluation, const ResponseFit& fit) {
  Calibration calibration;
  calibration.model_hash = fit.hash;
  calibration.ate = evaluation.judged.ate.mean;
  calibration.slope = evaluation.judged.blp.slope.mean;
  calibration.mean_score = evaluation.judged.score_mean;
  calibration.creators = evaluation.judged.creators;
  calibration.verdict = verdict_name(evaluation.decision().verdict);
  return calibration;
}

}  // namespace perennial
