#include "report/fit_summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fields.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t importance_most = 50;

Json models_json(const LearnedResponse& model) {
  Json all = Json::array();
  for (const auto& [name, size] : model.sizes()) all.push_back({{"model", name}, {"size", size}});
  return all;
}

Json loss_ratio_json(const LearnedResponse& model) {
  const FinalLoss& loss = model.final_loss();
  return loss.baseline > 0 ? Json(loss.ratio()) : Json(nullptr);
}

}  // namespace

Json importance_json(const ResponseFit& fit, std::size_t most) {
  auto features = fit.importance;
  std::sort(features.begin(), features.end(), [](const auto& a, const auto& b) {
    return a.gain != b.gain ? a.gain > b.gain : a.feature < b.feature;
  });
  if (features.size() > most) features.resize(most);
  Json all = Json::array();
  for (const auto& each : features)
    all.push_back({{"feature", each.feature}, {"gain", each.gain}, {"contribution", each.contribution}});
  return all;
}

Json fit_summary(const ResponseFit& fit, const CreatorTable& table) {
  const auto& learner = fit.options.learner;
  Json cuts = Json::object();
  for (std::size_t i = 0; i < cut_shares.size(); ++i)
    cuts[fmt::format("p{:.0f}", 100 * cut_shares[i])] = fit.cuts[i];
  return {{"command", "response fit"},
          {"n", table.size()},
          {"training_creators", fit.training_creators},
          {"held_out_creators", fit.held_out_creators},
          {"held_out_share", fit.options.held_out_share},
          {"salt", fit.options.salt},
          {"outcome", fit.options.outcome},
          {"transform", fit.transform.name()},
          {"winsor_cap",
           fit.transform.kind() == TransformKind::winsor ? Json(fit.transform.cap()) : Json(nullptr)},
          {"learner", learner.learner},
          {"imputation", learner.learner == "three-model" ? Json(learner.imputation) : Json(nullptr)},
          {"nuisance", learner.nuisance},
          {"final_model", learner.final_model},
          {"propensity", fit.propensity},
          {"features", fit.schema.size()},
          {"models", models_json(*fit.model)},
          {"training_ate", fit.training_ate},
          {"third_model_loss_ratio", loss_ratio_json(*fit.model)},
          {"score_mean", fit.score_mean},
          {"score_deviation", fit.score_deviation},
          {"cuts", cuts},
          {"importance", importance_json(fit, importance_most)},
          {"warnings", table.warnings},
          {"seed", learner.seed},
          {"data_fingerprint", fit.data_fingerprint},
          {"model_hash", fit.hash}};
}

Json score_summary(const ResponseFit& fit, const std::optional<Calibration>& calibration,
                   const CreatorScores& scores, const CreatorTable& table) {
  std::array<std::uint64_t, 3> arms{};
  for (const auto arm : scores.arm) ++arms[static_cast<std::size_t>(arm)];
  Json arm_counts = Json::object();
  for (std::size_t i = 0; i < arms.size(); ++i)
    arm_counts[launch_arm_name(static_cast<LaunchArm>(i))] = arms[i];
  const auto [least, most] = std::minmax_element(scores.multiplier.begin(), scores.multiplier.end());
  auto warnings = table.warnings;
  if (!calibration)
    warnings.push_back(
        "no evaluation of this model: calibrated_score is the average effect for everybody; run perennial "
        "response evaluate first");
  else if (calibration->verdict != "launch")
    warnings.push_back(fmt::format("the evaluation's verdict is {}", calibration->verdict));
  return {{"command", "response score"},
          {"n", table.size()},
          {"learner", fit.options.learner.learner},
          {"outcome", fit.options.outcome},
          {"transform", fit.transform.name()},
          {"calibrated", scores.is_calibrated},
          {"verdict", calibration ? Json(calibration->verdict) : Json(nullptr)},
          {"multiplier", {{"least", *least}, {"most", *most}}},
          {"arms", arm_counts},
          {"warnings", warnings},
          {"model_hash", fit.hash}};
}

Table score_table(const CreatorTable& creators, const CreatorScores& scores) {
  std::vector<std::string> ids, arms;
  for (std::size_t i = 0; i < creators.size(); ++i) {
    ids.emplace_back(creators.ids[i]);
    arms.push_back(launch_arm_name(scores.arm[i]));
  }
  Table table;
  table.add("creator_id", std::move(ids))
      .add("score", scores.score)
      .add("calibrated_score", scores.calibrated)
      .add("multiplier", scores.multiplier)
      .add("arm", std::move(arms));
  if (!scores.effect.empty()) table.add("effect", scores.effect);
  return table;
}

std::string fit_config_toml(const FitOptions& options) {
  const auto& learner = options.learner;
  const auto line = [](const char* name, const FieldValue& value) {
    return fmt::format("{} = {}\n", name, to_toml(value));
  };
  return line("outcome", options.outcome) + line("transform", options.transform) +
         line("propensity", options.propensity) + line("held_out_share", options.held_out_share) +
         line("salt", options.salt) + line("learner", learner.learner) +
         line("imputation", learner.imputation) + line("nuisance", learner.nuisance) +
         line("final_model", learner.final_model) + line("loss", learner.loss) +
         line("folds", learner.folds) + line("parts", learner.parts) +
         line("seed", static_cast<std::int64_t>(learner.seed)) + "\n[trees]\n" +
         line("rounds", learner.trees.rounds) + line("leaves", learner.trees.leaves) +
         line("columns_share", learner.trees.columns_share) +
         line("learning_rate", learner.trees.learning_rate) +
         line("leaf_weight_least", learner.trees.leaf_weight_least) + line("ridge", learner.trees.ridge) +
         line("patience", learner.trees.patience) + line("stopping_share", learner.trees.stopping_share) +
         "\n[net]\n" + line("width", learner.net.width) + line("epochs", learner.net.epochs) +
         line("patience", learner.net.patience) + line("batch", learner.net.batch) +
         line("learning_rate", learner.net.learning_rate) +
         line("stopping_share", learner.net.stopping_share);
}

}  // namespace perennial
