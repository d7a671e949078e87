#include "report/evaluation_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "report/frame.h"
#include "report/page.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

// Series of the report: see evaluation_report.cc.
constexpr int by_score = 0;
constexpr int above = 1;
constexpr int below = 2;
constexpr int placebo_fits = 3;

constexpr std::size_t features_shown = 15;

Json whiskers_of(const Estimate& estimate) {
  return whisker_json(estimate.mean, estimate.low, estimate.high);
}

/// The scale that is judged, and the outcome's own where that differs.
struct Scale {
  std::string title;
  const ScoreEvaluation* score;
};

std::vector<Scale> scales_of(const ResponseEvaluation& evaluation) {
  const bool own = evaluation.transform == "raw";
  std::vector<Scale> scales = {
      {own ? evaluation.outcome : fmt::format("{} of {} (judged)", evaluation.transform, evaluation.outcome),
       &evaluation.judged}};
  if (evaluation.raw) scales.push_back({fmt::format("{}, as it is", evaluation.outcome), &*evaluation.raw});
  return scales;
}

Json curve_of(const std::string& name, const ScoreEvaluation& score) {
  Json x = Json::array(), mean = Json::array(), low = Json::array(), high = Json::array();
  for (const CurvePoint& point : score.targeting.curve) {
    x.push_back(rounded(100 * point.share));
    mean.push_back(rounded(point.gain.mean));
    low.push_back(rounded(point.gain.low));
    high.push_back(rounded(point.gain.high));
  }
  return {{"name", name},
          {"x", x},
          {"lines", {{{"series", by_score}, {"mean", mean}, {"low", low}, {"high", high}}}}};
}

std::string estimate_words(const Estimate& estimate) {
  return fmt::format("{} (95% interval {}, {})", signed_words(estimate.mean),
                     signed_range_words({estimate.mean, estimate.low, estimate.high}), p_words(estimate.p));
}

}  // namespace

Json targeting_block(const ResponseEvaluation& evaluation) {
  Json views = Json::array();
  for (const Scale& scale : scales_of(evaluation)) views.push_back(curve_of(scale.title, *scale.score));
  const Targeting& judged = evaluation.judged.targeting;
  return {{"kind", "curves"},
          {"title", "Does the score put those who respond first?"},
          {"note",
           fmt::format(
               "Targeting operator characteristic: the effect on the creators with the highest scores less "
               "the effect on all, with its pointwise 95% band. A score that finds nothing lies on 0. Area "
               "under it: AUTOC {}; Qini {}.",
               estimate_words(judged.autoc), estimate_words(judged.qini))},
          {"x_title", "% of creators with the highest scores"},
          {"y_title", "Effect on them less effect on all"},
          {"views", views}};
}

Json groups_block(const ResponseEvaluation& evaluation) {
  Json plots = Json::array();
  for (const Scale& scale : scales_of(evaluation)) {
    Json names = Json::array(), values = Json::array();
    const auto& groups = scale.score->groups;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      names.push_back(i == 0 ? "lowest" : i + 1 == groups.size() ? "highest" : fmt::format("{}", i + 1));
      values.push_back(whiskers_of(groups[i].effect));
    }
    plots.push_back({{"title", scale.title},
                     {"note", fmt::format("Effect on all: {}.", estimate_words(scale.score->ate))},
                     {"category_title", "fifth of creators by score"},
                     {"categories", names},
                     {"bars", {{{"series", by_score}, {"values", values}}}}});
  }
  return {{"kind", "bars"},
          {"title", "Effect by fifth of the score"},
          {"note",
           "What the treatment did to creators of each fifth (GATES), none of whom the model has seen. "
           "Should rise "
           "from left to right."},
          {"value_title", "Effect"},
          {"across", false},
          {"plots", plots}};
}

Json high_low_block(const ResponseEvaluation& evaluation) {
  Json plots = Json::array();
  for (const Scale& scale : scales_of(evaluation)) {
    Json names = Json::array(), high = Json::array(), low = Json::array();
    for (const HighLowCut& cut : scale.score->high_low) {
      names.push_back(fmt::format("p{:.0f}", 100 * cut.share));
      high.push_back(whiskers_of(cut.split.high.effect));
      low.push_back(whiskers_of(cut.split.low.effect));
    }
    const HighLowCut& primary = scale.score->primary();
    plots.push_back(
        {{"title", scale.title},
         {"note", fmt::format("At p50: {}.", estimate_words(primary.split.difference))},
         {"category_title", "cut: quantile of the training scores"},
         {"categories", names},
         {"bars", {{{"series", above}, {"values", high}}, {{"series", below}, {"values", low}}}}});
  }
  return {
      {"kind", "bars"},
      {"title", "High against low"},
      {"note",
       "Effect on creators whose score lies above the cut, and on the others, by plain differences of means. "
       "The cut at p50 is the one that counts."},
      {"value_title", "Effect"},
      {"across", false},
      {"plots", plots}};
}

Json calibration_block(const ResponseEvaluation& evaluation) {
  Json plots = Json::array();
  for (const Scale& scale : scales_of(evaluation)) {
    Json points = Json::array();
    for (const ScoreGroup& group : scale.score->groups) {
      Json point = whiskers_of(group.effect);
      point["series"] = by_score;
      point["x"] = rounded(group.score_mean);
      points.push_back(point);
    }
    if (points.empty()) continue;
    const BestLinearPredictor& blp = scale.score->blp;
    plots.push_back({{"title", scale.title},
                     {"note", fmt::format("Slope {} ({}); calibration error {}, once shrunk {}.",
                                          number_words(blp.slope.mean),
                                          range_words({blp.slope.mean, blp.slope.low, blp.slope.high}),
                                          number_words(scale.score->calibration_error),
                                          number_words(scale.score->calibrated_error))},
                     {"points", points}});
  }
  return {
      {"kind", "points"},
      {"title", "Does a score mean what it says?"},
      {"note",
       "Mean score of each fifth against the effect on it; on the dashed line both are one. The slope is "
       "that of "
       "the best linear predictor: 1 is right, 0 found nothing. Scores are shrunk by it before their size is "
       "used."},
      {"x_title", "mean score"},
      {"y_title", "Effect"},
      {"diagonal", true},
      {"plots", plots}};
}

Json placebo_block(const ResponseEvaluation& evaluation) {
  if (!evaluation.placebo) return nullptr;
  const PlaceboFits& placebo = *evaluation.placebo;
  const auto plot = [](std::string_view title, std::string note, const std::vector<double>& values,
                       double observed) {
    Json dots = Json::array();
    for (const double value : values) dots.push_back(rounded(value));
    return Json{{"title", title}, {"note", std::move(note)},       {"series", placebo_fits},
                {"values", dots}, {"observed", rounded(observed)}, {"observed_name", "this score"}};
  };
  Json plots = Json::array({plot("AUTOC", fmt::format("As high by chance: {}.", p_words(placebo.autoc_p)),
                                 placebo.autoc, evaluation.judged.targeting.autoc.mean)});
  if (evaluation.third_model_loss_ratio) {
    plots.push_back(plot("Third model's loss over its baseline",
                         fmt::format("The paper's own check; as low by chance: {}. It decides nothing here.",
                                     p_words(placebo.loss_ratio_p)),
                         placebo.loss_ratio, *evaluation.third_model_loss_ratio));
  }
  return {{"kind", "spread"},
          {"title", "The same where there is nothing to find"},
          {"note",
           fmt::format(
               "One dot for each of {}: the learner fitted and evaluated again with the treatment shuffled "
               "among the creators.",
               count_words(placebo.autoc.size(), "placebo fit"))},
          {"x_title", "value"},
          {"plots", plots}};
}

Json importance_block(const ResponseEvaluation& evaluation) {
  if (evaluation.importance.empty()) return nullptr;
  const std::size_t shown = std::min(features_shown, evaluation.importance.size());
  Json names = Json::array(), gains = Json::array(), contributions = Json::array();
  for (std::size_t i = 0; i < shown; ++i) {
    const FeatureImportance& one = evaluation.importance[i];
    names.push_back(one.feature);
    gains.push_back(whisker_json(100 * one.gain, 100 * one.gain, 100 * one.gain));
    contributions.push_back(whisker_json(one.contribution, one.contribution, one.contribution));
  }
  const auto plot = [&](std::string_view title, std::string_view note, const Json& values) {
    return Json{{"title", title},
                {"note", note},
                {"category_title", ""},
                {"categories", names},
                {"bars", {{{"series", by_score}, {"values", values}}}}};
  };
  return {{"kind", "bars"},
          {"title", "What the score is made of"},
          {"note", shown < evaluation.importance.size() ? fmt::format("The {} most important of {} features.",
                                                                      shown, evaluation.importance.size())
                                                        : ""},
          {"value_title", ""},
          {"across", true},
          {"plots",
           {plot("Gain", "% of what all splits of the effect model gained", gains),
            plot("Contribution (SHAP)", "mean size of what the feature adds to a score, in the score's units",
                 contributions)}}};
}

}  // namespace perennial
