#include "report/meta_example_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/frame.h"
#include "report/study_claims_block.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

// Series of the report.
constexpr int by_logs = 0;
constexpr int in_truth = 1;

Json estimate_json(const Estimate& estimate) {
  return {{"mean", estimate.mean}, {"ci95", {estimate.low, estimate.high}}, {"se", estimate.se}};
}

Json claim_json(const MetaClaim& claim) {
  return {{"claim", claim.claim}, {"published", claim.published},      {"ours", claim.ours},
          {"truth", claim.truth}, {"verdict", name_of(claim.verdict)}, {"rule", claim.rule}};
}

Json claims_of(const MetaExample& example) {
  Json items = Json::array();
  for (const MetaClaim& claim : example.claims) items.push_back(further_claim_item(claim_json(claim)));
  return claims_block("Claim by claim",
                      "Relative effects with 95% intervals. After \"Here\" stands what the pipeline finds in "
                      "the logs alone, after "
                      "\"in truth\" what forks of the same platform on the same coins say. Each claim names "
                      "the rule by which it is judged.",
                      items);
}

std::string headline_of(const MetaExample& example) {
  std::vector<ClaimVerdict> verdicts;
  for (const MetaClaim& claim : example.claims) verdicts.push_back(claim.verdict);
  return "The paper's section 4 on simulated logs: " + claims_headline(verdicts);
}

Json groups_plot(const std::string& title, const std::string& note, const GroupsBesideTruth& groups) {
  const auto values = [](const Estimate& low, const Estimate& high) {
    return Json::array({whisker_json(100 * low.mean, 100 * low.low, 100 * low.high),
                        whisker_json(100 * high.mean, 100 * high.low, 100 * high.high)});
  };
  return {{"title", title},
          {"note", note},
          {"category_title", "group"},
          {"categories", {"low", "high"}},
          {"bars",
           {{{"series", by_logs}, {"values", values(groups.low, groups.high)}},
            {{"series", in_truth}, {"values", values(groups.true_low, groups.true_high)}}}}};
}

Json groups_block(const MetaExample& example) {
  Json plots = Json::array();
  for (const MetaFit& fit : example.fits) {
    plots.push_back(groups_plot(fmt::format("By score: {}", fit.name),
                                "cut at the median score of the training part", fit.by_score));
  }
  const MetaFit& paper = example.fits.back();
  plots.push_back(groups_plot(fmt::format("By {} alone", paper.top_feature),
                              "the published check: 0.11% +-0.17 against 1.5% +-1.1", paper.by_top_feature));
  return {{"kind", "bars"},
          {"title", "Who responds more?"},
          {"note", "Effect on posts in per cent, on creators that no model has seen, with 95% intervals."},
          {"value_title", "% more posts"},
          {"across", false},
          {"plots", plots}};
}

Json fits_block(const MetaExample& example) {
  Json rows = Json::array();
  for (const MetaFit& fit : example.fits) {
    std::size_t trees = 0;
    for (const auto& [name, size] : fit.sizes) trees += size;
    rows.push_back({{"name", fit.name},
                    {"cells",
                     {cell_json(whole_words(trees), fit.transform + " posts"),
                      cell_json(fmt::format("{:.2f}%", 100 * fit.loss_ratio)),
                      estimate_cell(fit.evaluation.judged.targeting.autoc),
                      estimate_cell(fit.evaluation.judged.blp.slope), estimate_cell(fit.true_autoc),
                      cell_json(number_words(fit.sensitivity_spearman)),
                      cell_json(std::string(verdict_name(fit.evaluation.decision().verdict))),
                      cell_json(fmt::format("{:.0f} s", fit.cpu_seconds))}}});
  }
  return {{"kind", "table"},
          {"title", "The fits"},
          {"note", "AUTOC and slope are on the scale that each was learned on; the true AUTOC is in posts."},
          {"columns",
           {{{"title", "Setting"}, {"help", ""}},
            {{"title", "Trees"}, {"help", ""}},
            {{"title", "Third loss"}, {"help", "of its baseline"}},
            {{"title", "AUTOC"}, {"help", "by the logs"}},
            {{"title", "Slope"}, {"help", "by the logs"}},
            {{"title", "True AUTOC"}, {"help", "on the treated"}},
            {{"title", "Ranks"}, {"help", "Spearman with the true sensitivity"}},
            {{"title", "Verdict"}, {"help", ""}},
            {{"title", "CPU"}, {"help", ""}}}},
          {"rows", rows}};
}

Json groups_json(const GroupsBesideTruth& groups) {
  return {{"high", estimate_json(groups.high)},
          {"low", estimate_json(groups.low)},
          {"difference", estimate_json(groups.difference)},
          {"true_high", estimate_json(groups.true_high)},
          {"true_low", estimate_json(groups.true_low)},
          {"true_difference", estimate_json(groups.true_difference)}};
}

Json fit_json(const MetaFit& fit) {
  Json sizes = Json::array();
  for (const auto& [name, size] : fit.sizes) sizes.push_back({{"model", name}, {"trees", size}});
  return {{"name", fit.name},
          {"transform", fit.transform},
          {"models", sizes},
          {"third_model_loss_ratio", fit.loss_ratio},
          {"placebo_loss_ratios", fit.placebo_loss_ratios},
          {"outcome_features", fit.outcome_features},
          {"top_feature", fit.top_feature},
          {"autoc", estimate_json(fit.evaluation.judged.targeting.autoc)},
          {"slope", estimate_json(fit.evaluation.judged.blp.slope)},
          {"verdict", verdict_name(fit.evaluation.decision().verdict)},
          {"by_score", groups_json(fit.by_score)},
          {"by_top_feature", groups_json(fit.by_top_feature)},
          {"true_autoc", estimate_json(fit.true_autoc)},
          {"sensitivity_spearman", fit.sensitivity_spearman},
          {"cpu_seconds", fit.cpu_seconds}};
}

}  // namespace

std::string render_meta_example(const MetaExample& example) {
  const Frame frame{
      .title = "study meta-example",
      .headline = headline_of(example),
      .warnings = example.analysis.warnings,
      .lead =
          {"Simulated creators respond far more than the published +0.19%: what is tested is the method, not "
           "the size of an effect that only the real platform has."},
      .facts = {{"markets", whole_words(static_cast<std::uint64_t>(example.options.markets))},
                {"creators", whole_words(example.creators)},
                {"training creators", whole_words(example.training_creators)},
                {"never seen", whole_words(example.evaluation_creators)},
                {"ranker", example.options.recommender},
                {"factor of the boost", number_words(example.options.multiplier)},
                {"true effect on the treated", signed_percent_words(example.true_lift.mean)},
                {"on the controls", signed_percent_words(example.true_control_lift.mean)},
                {"exposure of the controls", signed_percent_words(example.true_control_exposure.mean)},
                {"seed", fmt::format("{}", example.options.seed)},
                {"result", example.result_hash}},
      .series = {{"by the logs", 1}, {"in truth", 2}},
      .footer =
          "A simulated platform, not a real one. Beside this page: `summary.json`, `claims.parquet`, "
          "`config.toml`."};
  return render_frame(frame, {claims_of(example), groups_block(example), fits_block(example)});
}

nlohmann::ordered_json meta_example_summary(const MetaExample& example) {
  const auto& options = example.options;
  Json claims = Json::array(), fits = Json::array();
  for (const MetaClaim& claim : example.claims) claims.push_back(claim_json(claim));
  for (const MetaFit& fit : example.fits) fits.push_back(fit_json(fit));
  return {{"command", "study meta-example"},
          {"settings",
           {{"markets", options.markets},
            {"creators", options.creators},
            {"users", options.users},
            {"warm_up", options.warm_up},
            {"rounds", options.rounds},
            {"recommender", options.recommender},
            {"multiplier", options.multiplier},
            {"placebos", options.placebos},
            {"seed", options.seed}}},
          {"n", example.creators},
          {"training_creators", example.training_creators},
          {"evaluation_creators", example.evaluation_creators},
          {"truth",
           {{"lift", estimate_json(example.true_lift)},
            {"control_lift", estimate_json(example.true_control_lift)},
            {"control_exposure", estimate_json(example.true_control_exposure)}}},
          {"cv", example.cv},
          {"creators_per_arm_for_0.17_percent", example.creators_per_arm_needed},
          {"claims", claims},
          {"fits", fits},
          {"paper_less_early_stopped", estimate_json(example.paper_less_early_stopped)},
          {"true_paper_less_early_stopped", estimate_json(example.true_paper_less_early_stopped)},
          {"warnings", example.analysis.warnings},
          {"cpu_seconds", example.cpu_seconds},
          {"result_hash", example.result_hash}};
}

Table meta_claims_table(const MetaExample& example) {
  std::vector<std::string> claims, published, ours, truth, verdicts, rules;
  for (const MetaClaim& claim : example.claims) {
    claims.push_back(claim.claim);
    published.push_back(claim.published);
    ours.push_back(claim.ours);
    truth.push_back(claim.truth);
    verdicts.push_back(name_of(claim.verdict));
    rules.push_back(claim.rule);
  }
  Table table;
  table.add("claim", std::move(claims))
      .add("published", std::move(published))
      .add("ours", std::move(ours))
      .add("truth", std::move(truth))
      .add("verdict", std::move(verdicts))
      .add("rule", std::move(rules));
  return table;
}

std::string meta_example_text(const MetaExample& example) {
  auto text = fmt::format("{} creators in {} markets, {} learned from; CPU {:.0f} s, result {}\n",
                          whole_words(example.creators), example.options.markets,
                          whole_words(example.training_creators), example.cpu_seconds, example.result_hash);
  for (const MetaClaim& claim : example.claims) {
    text += fmt::format("\n{}\n  {}\n  published  {}\n  here       {}\n", claim.claim, name_of(claim.verdict),
                        claim.published, claim.ours);
    if (!claim.truth.empty()) text += fmt::format("  truth      {}\n", claim.truth);
  }
  return text;
}

}  // namespace perennial
