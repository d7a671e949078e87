#include "report/response_comparison_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/frame.h"
#include "report/page.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

/// Of the models whose AUTOC lies above the first's beyond doubt, the one with the highest; null where none does.
const ComparedResponse* clearly_better(const ResponseComparison& comparison) {
  const ComparedResponse* best = nullptr;
  for (const auto& model : comparison.models) {
    if (&model == &comparison.models.front() || !(model.autoc_versus_first.low > 0)) continue;
    if (best == nullptr || model.autoc.mean > best->autoc.mean) best = &model;
  }
  return best;
}

std::string difference_words(const Estimate& difference) {
  return fmt::format("{} (95% interval {})", signed_words(difference.mean),
                     signed_range_words({difference.mean, difference.low, difference.high}));
}

std::string headline_of(const ResponseComparison& comparison) {
  const std::string& first = comparison.models.front().name;
  if (const auto* best = clearly_better(comparison))
    return fmt::format("{} finds the creators who respond better than {}: AUTOC {}", best->name, first,
                       difference_words(best->autoc_versus_first));
  const bool first_wins =
      std::all_of(comparison.models.begin() + 1, comparison.models.end(),
                  [](const ComparedResponse& model) { return model.autoc_versus_first.high < 0; });
  return first_wins ? fmt::format("{} finds the creators who respond better than all the others", first)
                    : fmt::format("No model is clearly better than {} on these creators", first);
}

std::vector<std::string> lead_of(const ResponseComparison& comparison) {
  std::vector<std::string> launched;
  for (const auto& model : comparison.models)
    if (model.decision.verdict == ResponseVerdict::launch) launched.push_back(model.name);
  std::string words = "None of them may be launched on this evidence alone.";
  if (!launched.empty()) {
    words = "Fit to launch by its own tests:";
    for (const auto& name : launched) words += (&name == &launched.front() ? " " : ", ") + name;
    words += ".";
  }
  return {words};
}

Json curves_block(const ResponseComparison& comparison) {
  Json lines = Json::array(), x = Json::array();
  for (std::size_t series = 0; series < comparison.models.size(); ++series) {
    Json mean = Json::array(), low = Json::array(), high = Json::array();
    for (const CurvePoint& point : comparison.models[series].curve) {
      if (series == 0) x.push_back(rounded(100 * point.share));
      mean.push_back(rounded(point.gain.mean));
      low.push_back(rounded(point.gain.low));
      high.push_back(rounded(point.gain.high));
    }
    lines.push_back({{"series", series}, {"mean", mean}, {"low", low}, {"high", high}});
  }
  if (x.empty()) return nullptr;
  return {{"kind", "curves"},
          {"title", "Which score puts those who respond first?"},
          {"note",
           "Targeting operator characteristic of every model on the same creators: the effect on those with "
           "the highest scores less the effect on all, with pointwise 95% bands. A score that finds nothing "
           "lies on 0. Whether two models differ is a question for the paired differences above, not for the "
           "bands."},
          {"x_title", "% of creators with the highest scores"},
          {"y_title", "Effect on them less effect on all"},
          {"views", {{{"name", ""}, {"x", x}, {"lines", lines}}}}};
}

Json differences_block(const ResponseComparison& comparison) {
  Json points = Json::array();
  for (std::size_t i = 1; i < comparison.models.size(); ++i) {
    Json point = whisker_json(comparison.models[i].autoc_versus_first.mean,
                              comparison.models[i].autoc_versus_first.low,
                              comparison.models[i].autoc_versus_first.high);
    point["series"] = i;
    points.push_back(point);
  }
  if (points.empty()) return nullptr;
  const std::string& first = comparison.models.front().name;
  return {{"kind", "intervals"},
          {"title", fmt::format("AUTOC against {}", first)},
          {"note",
           "Paired: the same creators, the same doubly robust effects, with 95% intervals. A hollow dot is "
           "no clear "
           "difference."},
          {"x_title", fmt::format("AUTOC less that of {}", first)},
          {"groups", {{{"title", ""}, {"points", points}}}}};
}

Json tests_block(const ResponseComparison& comparison) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < comparison.models.size(); ++i) {
    const ComparedResponse& model = comparison.models[i];
    rows.push_back({{"series", i},
                    {"cells",
                     {estimate_cell(model.autoc), estimate_cell(model.qini), estimate_cell(model.slope),
                      estimate_cell(model.high_low), cell_json(number_words(model.rank_correlation)),
                      cell_json(std::string(verdict_name(model.decision.verdict)))}}});
  }
  return {{"kind", "table"},
          {"title", "The tests side by side"},
          {"note",
           fmt::format("Below each estimate its 95% interval; effects are of {} of {}. To launch, AUTOC, the "
                       "difference at p50 and the slope must each lie above 0.",
                       comparison.transform, comparison.outcome)},
          {"columns",
           {{{"title", "Model"}, {"help", ""}},
            {{"title", "AUTOC"}, {"help", ""}},
            {{"title", "Qini"}, {"help", ""}},
            {{"title", "Slope"}, {"help", "1: scores mean what they say"}},
            {{"title", "High less low"}, {"help", "at p50"}},
            {{"title", "Ranks"}, {"help", "Spearman with the first"}},
            {{"title", "Verdict"}, {"help", ""}}}},
          {"rows", rows}};
}

Json reasons_block(const ResponseComparison& comparison) {
  Json entries = Json::array();
  for (std::size_t i = 0; i < comparison.models.size(); ++i) {
    const auto& decision = comparison.models[i].decision;
    entries.push_back(
        {{"series", i}, {"text", fmt::format("{}: {}", verdict_name(decision.verdict), decision.reason)}});
  }
  return {{"kind", "definitions"}, {"title", "Why each verdict"}, {"entries", entries}};
}

/// An estimate's four columns, by name.
void add_estimate(Table& table, const ResponseComparison& comparison, const std::string& name,
                  Estimate ComparedResponse::*which) {
  std::vector<double> mean, se, low, high;
  for (const auto& model : comparison.models) {
    const Estimate& estimate = model.*which;
    mean.push_back(estimate.mean);
    se.push_back(estimate.se);
    low.push_back(estimate.low);
    high.push_back(estimate.high);
  }
  table.add(name, std::move(mean))
      .add(name + "_se", std::move(se))
      .add(name + "_low", std::move(low))
      .add(name + "_high", std::move(high));
}

}  // namespace

std::string render_response_comparison(const ResponseComparison& comparison) {
  Frame frame{.title = fmt::format("response compare: {}", comparison.outcome),
              .headline = headline_of(comparison),
              .warnings = comparison.warnings,
              .lead = lead_of(comparison),
              .facts = {{"table", comparison.table},
                        {"outcome", fmt::format("{} ({})", comparison.outcome, comparison.transform)},
                        {"creators no model has seen", whole_words(comparison.creators)},
                        {"effect on all", difference_words(comparison.ate)},
                        {"models", whole_words(comparison.models.size())}},
              .series = {},
              .footer =
                  "Beside this page: `summary.json` with every number, `models.parquet`, `toc.parquet`, "
                  "`config.toml` with what was asked for."};
  for (const auto& model : comparison.models) frame.series.push_back({model.name, frame.series.size() + 1});
  return render_frame(frame, {differences_block(comparison), curves_block(comparison),
                              tests_block(comparison), reasons_block(comparison)});
}

Table compared_models_table(const ResponseComparison& comparison) {
  Table table;
  std::vector<std::string> names, verdicts;
  std::vector<double> ranks;
  for (const auto& model : comparison.models) {
    names.push_back(model.name);
    verdicts.emplace_back(verdict_name(model.decision.verdict));
    ranks.push_back(model.rank_correlation);
  }
  table.add("model", std::move(names));
  add_estimate(table, comparison, "autoc", &ComparedResponse::autoc);
  add_estimate(table, comparison, "autoc_versus_first", &ComparedResponse::autoc_versus_first);
  add_estimate(table, comparison, "qini", &ComparedResponse::qini);
  add_estimate(table, comparison, "slope", &ComparedResponse::slope);
  add_estimate(table, comparison, "high_low", &ComparedResponse::high_low);
  table.add("rank_correlation", std::move(ranks)).add("verdict", std::move(verdicts));
  return table;
}

Table compared_curves_table(const ResponseComparison& comparison) {
  std::vector<std::string> names;
  std::vector<double> share, gain, se, low, high;
  for (const auto& model : comparison.models) {
    for (const CurvePoint& point : model.curve) {
      names.push_back(model.name);
      share.push_back(point.share);
      gain.push_back(point.gain.mean);
      se.push_back(point.gain.se);
      low.push_back(point.gain.low);
      high.push_back(point.gain.high);
    }
  }
  Table table;
  table.add("model", std::move(names))
      .add("share", std::move(share))
      .add("gain", std::move(gain))
      .add("se", std::move(se))
      .add("low", std::move(low))
      .add("high", std::move(high));
  return table;
}

}  // namespace perennial
