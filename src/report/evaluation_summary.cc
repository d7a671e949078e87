#include "report/evaluation_summary.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json interval(const Estimate& estimate) {
  return Json::array({number(estimate.low), number(estimate.high)});
}

/// Of an effect: {"mean", "ci95", "se", "z", "p"}.
Json effect_json(const Estimate& estimate) {
  return {{"mean", number(estimate.mean)},
          {"ci95", interval(estimate)},
          {"se", number(estimate.se)},
          {"z", number(estimate.z)},
          {"p", estimate.p}};
}

/// Of an area or a slope: {"estimate", "se", "z", "p", "ci95"}.
Json estimate_json(const Estimate& estimate) {
  return {{"estimate", number(estimate.mean)},
          {"se", number(estimate.se)},
          {"z", number(estimate.z)},
          {"p", estimate.p},
          {"ci95", interval(estimate)}};
}

Json area_json(const Estimate& estimate, double half_sample_se) {
  Json json = estimate_json(estimate);
  json["half_sample_se"] = half_sample_se > 0 ? number(half_sample_se) : Json(nullptr);
  return json;
}

/// A relative effect; null where the control mean is too near to 0 for one.
Json relative_json(const Estimate& relative) {
  return relative.se > 0 ? Json{{"mean", number(relative.mean)}, {"ci95", interval(relative)}}
                         : Json(nullptr);
}

Json group_json(const GroupEffect& group) {
  return {{"n", group.treated + group.control}, {"treated", group.treated},
          {"control", group.control},           {"control_mean", number(group.control_mean)},
          {"mean", number(group.effect.mean)},  {"ci95", interval(group.effect)},
          {"se", number(group.effect.se)},      {"relative", relative_json(group.relative)}};
}

Json split_json(const HighLow& split) {
  Json difference = effect_json(split.difference);
  difference["relative"] = relative_json(split.relative_difference);
  return {{"threshold", number(split.cut)},
          {"high", group_json(split.high)},
          {"low", group_json(split.low)},
          {"difference", std::move(difference)}};
}

Json high_low_json(const ScoreEvaluation& evaluation) {
  Json cuts = Json::array();
  for (const auto& cut : evaluation.high_low) {
    Json json{{"cut", fmt::format("p{:.0f}", 100 * cut.share)}};
    json.update(split_json(cut.split));
    json["difference"]["p_holm"] = cut.p_holm;
    cuts.push_back(std::move(json));
  }
  return cuts;
}

Json gates_json(const ScoreEvaluation& evaluation) {
  Json groups = Json::array();
  for (const auto& group : evaluation.groups) {
    groups.push_back({{"n", group.creators},
                      {"score_low", number(group.score_low)},
                      {"score_high", number(group.score_high)},
                      {"score_mean", number(group.score_mean)},
                      {"effect", effect_json(group.effect)}});
  }
  return groups;
}

const char* errors_name(RobustErrors errors) {
  return errors == RobustErrors::cr1 ? "CR1" : "HC3";
}

Json blp_json(const ScoreEvaluation& evaluation) {
  const auto& [ate, slope, errors] = evaluation.blp;
  return {{"ate", number(ate.mean)},      {"ate_se", number(ate.se)},      {"slope", number(slope.mean)},
          {"slope_se", number(slope.se)}, {"slope_ci95", interval(slope)}, {"slope_p", slope.p},
          {"errors", errors_name(errors)}};
}

/// What is said on either scale.
void add_findings(Json& json, const ScoreEvaluation& found) {
  json["autoc"] = area_json(found.targeting.autoc, found.half_samples.autoc_se);
  json["qini"] = area_json(found.targeting.qini, found.half_samples.qini_se);
  json["high_low"] = high_low_json(found);
  json["blp"] = blp_json(found);
  json["gates"] = gates_json(found);
  json["calibration_error"] = number(found.calibration_error);
  json["calibration_error_squared"] = number(found.calibration_error_squared);
  json["calibrated_error"] = number(found.calibrated_error);
}

Json raw_json(const ResponseEvaluation& evaluation) {
  if (!evaluation.raw) return nullptr;
  Json json{{"control_mean", number(evaluation.raw->control_mean)},
            {"ate", effect_json(evaluation.raw->ate)}};
  add_findings(json, *evaluation.raw);
  return json;
}

Json placebo_json(const ResponseEvaluation& evaluation) {
  if (!evaluation.placebo) return nullptr;
  const auto& placebo = *evaluation.placebo;
  return {{"fits", placebo.autoc.size()},
          {"autoc", placebo.autoc},
          {"autoc_p", placebo.autoc_p},
          {"slope", placebo.slope},
          {"third_model_loss_ratio",
           evaluation.third_model_loss_ratio ? Json(placebo.loss_ratio) : Json(nullptr)},
          {"third_model_loss_ratio_p",
           evaluation.third_model_loss_ratio ? Json(placebo.loss_ratio_p) : Json(nullptr)}};
}

Json importance_json(const ResponseEvaluation& evaluation) {
  constexpr std::size_t most = 50;
  Json features = Json::array();
  for (const auto& feature : evaluation.importance) {
    if (features.size() == most) break;
    features.push_back(
        {{"feature", feature.feature}, {"gain", feature.gain}, {"contribution", feature.contribution}});
  }
  return features;
}

Json feature_split_json(const ResponseEvaluation& evaluation) {
  if (!evaluation.feature_split) return nullptr;
  Json json{{"feature", evaluation.feature_split->feature}};
  json.update(split_json(evaluation.feature_split->split));
  return json;
}

Json enough_json(const ResponseDecision& decision) {
  return decision.creators_enough ? Json(*decision.creators_enough) : Json(nullptr);
}

/// A column of the curve: one number of each point.
template <class Number>
std::vector<double> curve_column(const ScoreEvaluation& evaluation, Number number) {
  std::vector<double> column;
  for (const auto& point : evaluation.targeting.curve) column.push_back(number(point));
  return column;
}

void add_curve(Table& table, const ScoreEvaluation& evaluation, const std::string& prefix) {
  table.add(prefix + "gain", curve_column(evaluation, [](const auto& point) { return point.gain.mean; }))
      .add(prefix + "se", curve_column(evaluation, [](const auto& point) { return point.gain.se; }))
      .add(prefix + "low", curve_column(evaluation, [](const auto& point) { return point.gain.low; }))
      .add(prefix + "high", curve_column(evaluation, [](const auto& point) { return point.gain.high; }));
}

}  // namespace

Json evaluation_summary(const ResponseEvaluation& evaluation) {
  const auto& judged = evaluation.judged;
  Json json{{"command", "response evaluate"},
            {"model", evaluation.model},
            {"table", evaluation.table},
            {"n", judged.creators},
            {"treated", judged.treated},
            {"control", judged.control},
            {"clusters", judged.clusters > 0 ? Json(judged.clusters) : Json(nullptr)},
            {"propensity", evaluation.propensity},
            {"outcome", evaluation.outcome},
            {"transform", evaluation.transform},
            {"control_mean", number(judged.control_mean)},
            {"ate", effect_json(judged.ate)},
            {"learner", evaluation.learner},
            {"imputation", evaluation.imputation.empty() ? Json(nullptr) : Json(evaluation.imputation)},
            {"score_mean", number(judged.score_mean)},
            {"score_sd", number(judged.score_sd)}};
  add_findings(json, judged);
  json["third_model_loss_ratio"] =
      evaluation.third_model_loss_ratio ? number(*evaluation.third_model_loss_ratio) : Json(nullptr);
  json["placebo"] = placebo_json(evaluation);
  json["verdict"] = verdict_name(evaluation.decision().verdict);
  json["reason"] = evaluation.decision().reason;
  json["creators_enough"] = enough_json(evaluation.decision());
  json["importance"] = importance_json(evaluation);
  json["feature_split"] = feature_split_json(evaluation);
  json["raw"] = raw_json(evaluation);
  json["warnings"] = evaluation.warnings;
  return json;
}

Table targeting_table(const ResponseEvaluation& evaluation) {
  Table table;
  table.add("share", curve_column(evaluation.judged, [](const auto& point) { return point.share; }));
  add_curve(table, evaluation.judged, "");
  if (evaluation.raw) add_curve(table, *evaluation.raw, "raw_");
  return table;
}

Table contrast_table(const ResponseEvaluation& evaluation) {
  std::vector<std::string> features, categories;
  std::vector<double> high, low, high_missing, low_missing, difference, lower, upper, p;
  for (const auto& [feature, category, contrast] : evaluation.contrasts) {
    features.push_back(feature);
    categories.push_back(category);
    high.push_back(contrast.high_mean);
    low.push_back(contrast.low_mean);
    high_missing.push_back(contrast.high_missing);
    low_missing.push_back(contrast.low_missing);
    difference.push_back(contrast.difference.mean);
    lower.push_back(contrast.difference.low);
    upper.push_back(contrast.difference.high);
    p.push_back(contrast.difference.p);
  }
  Table table;
  table.add("feature", std::move(features))
      .add("category", std::move(categories))
      .add("high_mean", std::move(high))
      .add("low_mean", std::move(low))
      .add("high_missing", std::move(high_missing))
      .add("low_missing", std::move(low_missing))
      .add("difference", std::move(difference))
      .add("low", std::move(lower))
      .add("high", std::move(upper))
      .add("p", std::move(p));
  return table;
}

Json response_comparison_summary(const ResponseComparison& comparison) {
  Json models = Json::array();
  for (const auto& model : comparison.models) {
    models.push_back({{"name", model.name},
                      {"score_sd", number(model.score_sd)},
                      {"autoc", estimate_json(model.autoc)},
                      {"qini", estimate_json(model.qini)},
                      {"autoc_versus_first", estimate_json(model.autoc_versus_first)},
                      {"slope", estimate_json(model.slope)},
                      {"high_low", effect_json(model.high_low)},
                      {"rank_correlation", number(model.rank_correlation)},
                      {"verdict", verdict_name(model.decision.verdict)},
                      {"reason", model.decision.reason}});
  }
  return {{"command", "response compare"},     {"table", comparison.table},
          {"n", comparison.creators},          {"outcome", comparison.outcome},
          {"transform", comparison.transform}, {"ate", effect_json(comparison.ate)},
          {"models", std::move(models)},       {"warnings", comparison.warnings}};
}

}  // namespace perennial
