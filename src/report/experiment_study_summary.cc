#include "report/experiment_study_summary.h"

#include <cmath>

#include "report/summary_json.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json estimate_json(const Estimate& estimate) {
  return {{"mean", estimate.mean},
          {"se", estimate.se},
          {"ci95", {estimate.low, estimate.high}},
          {"z", estimate.z},
          {"p", estimate.p}};
}

Json truth_json(const TrueEffects& truth) {
  double posts = 0;
  for (const double p : truth.posts) posts += p / static_cast<double>(truth.posts.size());
  return {{"posts_per_creator", posts},
          {"mean_effect", truth.mean},
          {"lift", posts > 0 ? Json(truth.mean / posts) : Json(nullptr)},
          {"deviation", truth.deviation},
          {"reliability", truth.reliability},
          {"launch_effect", truth.launch_effect}};
}

Json cell_json(const DesignCell& cell) {
  return {{"design", name_of(cell.design)},
          {"share", cell.share},
          {"replications", cell.replications.size()},
          {"treated_share", interval_json(cell.treated_share)},
          {"effect", interval_json(cell.effect)},
          {"lift", interval_json(cell.lift)},
          {"treated_exposure", interval_json(cell.treated_exposure)},
          {"control_exposure", interval_json(cell.control_exposure)},
          {"control_posts", interval_json(cell.control_posts)},
          {"bias", interval_json(cell.bias)},
          {"launch_bias", interval_json(cell.launch_bias)},
          {"coverage", cell.coverage},
          {"launch_coverage", cell.launch_coverage}};
}

Json score_json(const LearnedScore& score) {
  const auto& evaluation = score.evaluation;
  return {{"training_creators", score.training_creators},
          {"evaluation_creators", evaluation.creators},
          {"estimated",
           {{"ate", estimate_json(evaluation.ate)},
            {"autoc", estimate_json(evaluation.targeting.autoc)},
            {"qini", estimate_json(evaluation.targeting.qini)},
            {"high_minus_low", estimate_json(evaluation.primary().split.difference)},
            {"blp_slope", estimate_json(evaluation.blp.slope)},
            {"verdict", verdict_name(evaluation.decision.verdict)},
            {"reason", evaluation.decision.reason}}},
          {"true",
           {{"root_pehe", score.root_pehe},
            {"constant_root_pehe", score.constant_root_pehe},
            {"calibrated_root_pehe", score.calibrated_root_pehe},
            {"spearman", score.spearman},
            {"sensitivity_spearman", score.sensitivity_spearman},
            {"autoc", score.autoc},
            {"best_autoc", score.best_autoc},
            {"slope", score.slope}}}};
}

Json boost_json(const DeployedBoost& boost) {
  Json json{{"name", boost.name},
            {"summary", boost.summary},
            {"uses_truth", boost.uses_truth},
            {"clicks_per_round", interval_json(interval_of(boost.clicks))},
            {"posts_per_round", interval_json(interval_of(boost.posts))},
            {"versus", Json::object()}};
  if (boost.name == "none") return json;
  json["versus"]["none"] = {{"clicks", interval_json(boost.clicks_against_none)},
                            {"posts", interval_json(boost.posts_against_none)}};
  if (boost.name == "placebo") return json;
  json["versus"]["placebo"] = {{"clicks", interval_json(boost.clicks_against_placebo)},
                               {"posts", interval_json(boost.posts_against_placebo)}};
  return json;
}

}  // namespace

Json experiment_study_summary(const ExperimentStudy& study) {
  Json json{{"command", "study experiment"},
            {"world", study.world},
            {"setting", study.setting},
            {"recommender", study.recommender},
            {"users", study.users},
            {"creators", study.creators},
            {"slate", study.slate},
            {"rounds", study.rounds},
            {"seed", study.seed},
            {"truth", truth_json(study.truth)},
            {"designs", Json::array()},
            {"score", score_json(study.score)},
            {"deployment",
             {{"rounds", study.experiment.deployment_rounds},
              {"futures", study.experiment.deployment_futures},
              {"strength", study.experiment.strength},
              {"boosts", Json::array()}}},
            {"wall_seconds", study.wall_seconds},
            {"result_hash", study.result_hash},
            {"settings", Json::object()}};
  for (const auto& cell : study.cells) json["designs"].push_back(cell_json(cell));
  for (const auto& boost : study.boosts) json["deployment"]["boosts"].push_back(boost_json(boost));
  for (const auto& [key, value] : study.settings) json["settings"][key] = value;
  return json;
}

}  // namespace perennial
