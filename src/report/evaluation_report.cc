#include "report/evaluation_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/evaluation_charts.h"
#include "report/frame.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t contrasts_shown = 20;

std::string headline_of(const ResponseDecision& decision) {
  switch (decision.verdict) {
    case ResponseVerdict::launch:
      return "Launch: the score finds the creators who respond";
    case ResponseVerdict::do_not_launch:
      return "Do not launch: the score does not tell who responds";
    case ResponseVerdict::insufficient_data:
      return "Not enough data to launch, or to give up";
  }
  return "";
}

std::string learner_of(const ResponseEvaluation& evaluation) {
  return evaluation.imputation.empty() ? evaluation.learner
                                       : fmt::format("{} ({})", evaluation.learner, evaluation.imputation);
}

/// The tests in numbers, judged scale first.
Json tests_block(const ResponseEvaluation& evaluation) {
  Json rows = Json::array();
  const auto add = [&](const std::string& scale, const ScoreEvaluation& score) {
    const Estimate& difference = score.primary().split.difference;
    rows.push_back(
        {{"name", scale},
         {"cells",
          {estimate_cell(score.ate), estimate_cell(score.targeting.autoc),
           estimate_cell(score.targeting.qini), estimate_cell(difference), estimate_cell(score.blp.slope)}}});
    rows.push_back({{"name", ""},
                    {"cells",
                     {cell_json(p_words(score.ate.p)), cell_json(p_words(score.targeting.autoc.p)),
                      cell_json(p_words(score.targeting.qini.p)),
                      cell_json(p_words(difference.p), "Holm " + p_words(score.primary().p_holm)),
                      cell_json(p_words(score.blp.slope.p))}}});
  };
  add(evaluation.transform == "raw" ? evaluation.outcome
                                    : fmt::format("{} of {}", evaluation.transform, evaluation.outcome),
      evaluation.judged);
  if (evaluation.raw) add(evaluation.outcome + ", as it is", *evaluation.raw);
  return {{"kind", "table"},
          {"title", "The tests in numbers"},
          {"note",
           "Below each estimate its 95% interval. To launch, AUTOC, the difference at p50 and the slope must "
           "each lie "
           "above 0; the first scale is the one that counts."},
          {"columns",
           {{{"title", "Outcome"}, {"help", ""}},
            {{"title", "Effect on all"}, {"help", "doubly robust"}},
            {{"title", "AUTOC"}, {"help", ""}},
            {{"title", "Qini"}, {"help", ""}},
            {{"title", "High less low"}, {"help", "at p50"}},
            {{"title", "Slope"}, {"help", "best linear predictor"}}}},
          {"rows", rows}};
}

Json contrasts_block(const ResponseEvaluation& evaluation) {
  if (evaluation.contrasts.empty()) return nullptr;
  auto contrasts = evaluation.contrasts;
  std::ranges::stable_sort(contrasts, [](const FeatureContrast& a, const FeatureContrast& b) {
    return std::abs(a.contrast.difference.z) > std::abs(b.contrast.difference.z);
  });
  if (contrasts.size() > contrasts_shown) contrasts.resize(contrasts_shown);
  Json rows = Json::array();
  for (const FeatureContrast& one : contrasts) {
    const std::string name =
        one.category.empty() ? one.feature : fmt::format("{} = {}", one.feature, one.category);
    rows.push_back(
        {{"name", name},
         {"cells",
          {cell_json(number_words(one.contrast.low_mean)), cell_json(number_words(one.contrast.high_mean)),
           estimate_cell(one.contrast.difference)}}});
  }
  const std::string note =
      "Creators of the highest against those of the lowest fifth of scores (CLAN); means, or shares of a "
      "category.";
  return {{"kind", "table"},
          {"title", "Who is on top?"},
          {"note",
           contrasts.size() < evaluation.contrasts.size()
               ? fmt::format("{} The {} clearest of {}.", note, contrasts.size(), evaluation.contrasts.size())
               : note},
          {"columns",
           {{{"title", "Feature"}, {"help", ""}},
            {{"title", "Lowest fifth"}, {"help", ""}},
            {{"title", "Highest fifth"}, {"help", ""}},
            {{"title", "Difference"}, {"help", ""}}}},
          {"rows", rows}};
}

Json feature_split_block(const ResponseEvaluation& evaluation) {
  if (!evaluation.feature_split) return nullptr;
  const HighLow& split = evaluation.feature_split->split;
  return {{"kind", "table"},
          {"title", fmt::format("Without a model: split by {} alone", evaluation.feature_split->feature)},
          {"note",
           "The most important feature, cut at its median: a separate, weaker test. If it does as well as "
           "the score, "
           "the model is not needed."},
          {"columns",
           {{{"title", "Creators"}, {"help", ""}},
            {{"title", "Effect above"}, {"help", ""}},
            {{"title", "Effect below"}, {"help", ""}},
            {{"title", "Difference"}, {"help", ""}}}},
          {"rows",
           {{{"name", fmt::format("{} > {}", evaluation.feature_split->feature, number_words(split.cut))},
             {"cells",
              {estimate_cell(split.high.effect), estimate_cell(split.low.effect),
               estimate_cell(split.difference)}}}}}};
}

}  // namespace

std::string render_evaluation_report(const ResponseEvaluation& evaluation) {
  const ScoreEvaluation& judged = evaluation.judged;
  const Frame frame{
      .title = fmt::format("response evaluate: {}", evaluation.outcome),
      .headline = headline_of(evaluation.decision()),
      .warnings = evaluation.warnings,
      .lead = {sentence_words(evaluation.decision().reason)},
      .facts = {{"model", evaluation.model},
                {"learner", learner_of(evaluation)},
                {"outcome", fmt::format("{} ({})", evaluation.outcome, evaluation.transform)},
                {"creators no model has seen", whole_words(judged.creators)},
                {"of them treated", whole_words(judged.treated)},
                {"verdict", std::string(verdict_name(evaluation.decision().verdict))}},
      .series = {{"by the score", 1}, {"above the cut", 3}, {"below the cut", 2}, {"placebo", 0}},
      .footer = "Beside this page: `summary.json` with every number, `config.toml` with what was asked for."};
  return render_frame(
      frame, {targeting_block(evaluation), groups_block(evaluation), high_low_block(evaluation),
              tests_block(evaluation), calibration_block(evaluation), placebo_block(evaluation),
              importance_block(evaluation), contrasts_block(evaluation), feature_split_block(evaluation)});
}

}  // namespace perennial
