#include "report/experiment_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "report/frame.h"
#include "report/page.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t covariates_shown = 25;

/// Raw forms and ratios: what an outcome is judged by.
bool is_judged(const OutcomeEffect& effect) {
  return effect.form == OutcomeForm::raw || effect.form == OutcomeForm::ratio;
}

Json lift_cell(const std::optional<Lift>& lift) {
  if (!lift) return cell_json("\u2013");
  return percent_cell(lift->estimate.mean, lift->bounded ? lift->estimate.low : -INFINITY,
                      lift->estimate.high);
}

std::string headline_of(const OutcomeEffect& effect) {
  const Estimate& estimate = effect.primary();
  const auto& lift = effect.primary_lift();
  const std::string size =
      lift && lift->bounded
          ? fmt::format("{} (95% interval {} to {})", signed_percent_words(lift->estimate.mean),
                        signed_percent_words(lift->estimate.low), signed_percent_words(lift->estimate.high))
          : fmt::format("{} (95% interval {})", signed_words(estimate.mean),
                        signed_range_words({estimate.mean, estimate.low, estimate.high}));
  if (estimate.low <= 0 && estimate.high >= 0)
    return fmt::format("No measurable effect on {}: {}", effect.outcome, size);
  return fmt::format("The treatment {} {}: {}", estimate.mean > 0 ? "raised" : "lowered", effect.outcome,
                     size);
}

Json lifts_block(const ExperimentAnalysis& analysis) {
  Json names = Json::array();
  Json values = Json::array();
  for (const OutcomeEffect& effect : analysis.effects) {
    const auto& lift = effect.primary_lift();
    if (!is_judged(effect) || !lift) continue;
    names.push_back(effect.outcome);
    const double room = lift->bounded ? 100 : NAN;
    values.push_back(
        whisker_json(100 * lift->estimate.mean, room * lift->estimate.low, room * lift->estimate.high));
  }
  if (names.empty()) return nullptr;
  return {
      {"kind", "bars"},
      {"title", "Effect on every outcome"},
      {"note",
       "Treatment against control, in percent of control, with 95% intervals; with the creators' own past "
       "taken out (CUPED) where the table has it. No whisker: the interval has no bound."},
      {"value_title", "% of control"},
      {"across", true},
      {"plots",
       {{{"title", ""},
         {"note", ""},
         {"category_title", ""},
         {"categories", names},
         {"bars", {{{"series", 0}, {"values", values}}}}}}}};
}

/// The lift with the creators' own past taken out.
Json past_cell(const OutcomeEffect& effect) {
  if (!effect.cuped) return cell_json("\u2013");
  Json cell = lift_cell(effect.cuped->lift);
  cell["under"] =
      fmt::format("{}; variance x {:.2f}", cell["under"].get<std::string>(), effect.cuped->variance_ratio);
  return cell;
}

Json effect_row(const OutcomeEffect& effect, bool with_past) {
  const std::string name = effect.form == OutcomeForm::raw
                               ? effect.outcome
                               : fmt::format("{}, {}", effect.outcome, form_name(effect.form));
  Json cells = Json::array({cell_json(number_words(effect.control_mean)),
                            cell_json(number_words(effect.treatment_mean)), estimate_cell(effect.difference),
                            lift_cell(effect.lift)});
  if (with_past) cells.push_back(past_cell(effect));
  cells.push_back(cell_json(signed_range_words({0, effect.sequential.low, effect.sequential.high})));
  cells.push_back(cell_json(p_words(effect.primary().p)));
  cells.push_back(is_judged(effect)
                      ? cell_json(p_words(effect.p_holm), "BH " + p_words(effect.p_benjamini_hochberg))
                      : cell_json("\u2013"));
  return {{"name", name}, {"cells", cells}};
}

Json effect_columns(bool with_past) {
  const auto column = [](const char* title, const char* help) {
    return Json{{"title", title}, {"help", help}};
  };
  Json columns = Json::array({column("Outcome", ""), column("Control", "mean"), column("Treatment", "mean"),
                              column("Difference", ""), column("Lift", "of control")});
  if (with_past) columns.push_back(column("Lift with CUPED", "own past taken out"));
  for (const Json& last :
       std::array{column("Always valid", "interval of the difference"),
                  column("Alone", "as if it were the only one"), column("Holm", "over all outcomes")}) {
    columns.push_back(last);
  }
  return columns;
}

Json effects_block(const ExperimentAnalysis& analysis) {
  const bool with_past = std::ranges::any_of(
      analysis.effects, [](const OutcomeEffect& effect) { return effect.cuped.has_value(); });
  Json rows = Json::array();
  for (const OutcomeEffect& effect : analysis.effects) rows.push_back(effect_row(effect, with_past));
  return {
      {"kind", "table"},
      {"title", "The effects in numbers"},
      {"note",
       "Below each estimate its 95% interval. `winsorised`: the largest 0.1% of values cut; `log1p`: mean of "
       "log(1 + value); `any`: share of creators above 0. An always-valid interval holds however often one "
       "looks. Holm and Benjamini-Hochberg (BH) count how many outcomes were tested."},
      {"columns", effect_columns(with_past)},
      {"rows", rows}};
}

Json dose_block(const ExperimentAnalysis& analysis) {
  if (analysis.doses.empty()) return nullptr;
  Json rows = Json::array();
  for (const ExposureDose& dose : analysis.doses) {
    rows.push_back({{"name", dose.exposure},
                    {"cells",
                     {cell_json(number_words(dose.control_mean)),
                      cell_json(number_words(dose.treatment_mean)), lift_cell(dose.lift)}}});
  }
  return {{"kind", "table"},
          {"title", "Dose: how much more the treated were seen"},
          {"note",
           "An effect is worth as much as the dose that bought it. A dose near 0% means that the treatment "
           "did not "
           "arrive."},
          {"columns",
           {{{"title", "Exposure"}, {"help", ""}},
            {{"title", "Control"}, {"help", "mean"}},
            {{"title", "Treatment"}, {"help", "mean"}},
            {{"title", "More"}, {"help", "of control"}}}},
          {"rows", rows}};
}

Json contamination_block(const ExperimentAnalysis& analysis) {
  if (analysis.contaminations.empty()) {
    return {
        {"kind", "notes"},
        {"title", "Contamination"},
        {"items",
         {"There is no untouched arm, so what the treatment took from the controls cannot be seen. A boost "
          "is "
          "zero-sum: what the treated gain in exposure others lose, and treatment against control counts it "
          "twice. Nothing here says what treating everybody would do."}}};
  }
  Json rows = Json::array();
  for (const Contamination& one : analysis.contaminations) {
    rows.push_back({{"name", one.outcome},
                    {"cells",
                     {cell_json(number_words(one.untouched_mean)), cell_json(number_words(one.control_mean)),
                      estimate_cell(one.difference), lift_cell(one.lift)}}});
  }
  return {
      {"kind", "table"},
      {"title", "Contamination: control against the untouched"},
      {"note",
       "A boost is zero-sum: what the treated gain others lose. What stands here is missing from, or counted "
       "twice in, treatment against control; and none of it says what treating everybody would do."},
      {"columns",
       {{{"title", "Outcome"}, {"help", ""}},
        {{"title", "Untouched"}, {"help", "mean"}},
        {{"title", "Control"}, {"help", "mean"}},
        {{"title", "Difference"}, {"help", ""}},
        {{"title", "Change"}, {"help", "of untouched"}}}},
      {"rows", rows}};
}

Json elasticity_block(const ExperimentAnalysis& analysis) {
  if (analysis.elasticities.empty()) return nullptr;
  Json rows = Json::array();
  for (const EngagementElasticity& one : analysis.elasticities) {
    const RatioSet& set = one.elasticity.anderson_rubin;
    rows.push_back({{"name", fmt::format("{} per {}", one.outcome, one.engagement)},
                    {"cells",
                     {estimate_cell(one.elasticity.estimate),
                      cell_json(set.bounded ? signed_range_words({0, set.low, set.high}) : "without bound"),
                      cell_json(number_words(one.elasticity.first_stage_f),
                                one.elasticity.weak ? "weak: below 10" : "")}}});
  }
  return {{"kind", "table"},
          {"title", "What one more unit of engagement brings"},
          {"note",
           "Effect on the outcome over effect on engagement (Wald). Where the first stage is weak only the "
           "Anderson-Rubin interval holds."},
          {"columns",
           {{{"title", "Elasticity"}, {"help", ""}},
            {{"title", "Estimate"}, {"help", "delta method"}},
            {{"title", "Anderson-Rubin"}, {"help", "95% interval"}},
            {{"title", "First stage"}, {"help", "F"}}}},
          {"rows", rows}};
}

Json balance_block(const ExperimentAnalysis& analysis) {
  const CovariateBalance& balance = analysis.balance;
  if (balance.covariates.empty()) return nullptr;
  Json names = Json::array();
  Json values = Json::array();
  const std::size_t shown = std::min(covariates_shown, balance.covariates.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const double value = balance.covariates[i].standardised;
    names.push_back(balance.covariates[i].name);
    values.push_back(whisker_json(value, value, value));
  }
  std::string note =
      "Difference of the arms before the experiment, in standard deviations; beyond 0.1 is worth a look.";
  if (shown < balance.covariates.size())
    note += fmt::format(" The {} largest of {}.", shown, balance.covariates.size());
  if (balance.omnibus) note += fmt::format(" All at once: {}.", p_words(balance.omnibus->p));
  return {{"kind", "bars"},
          {"title", "Balance: were the arms alike before?"},
          {"note", note},
          {"value_title", "standard deviations"},
          {"across", true},
          {"plots",
           {{{"title", ""},
             {"note", ""},
             {"category_title", ""},
             {"categories", names},
             {"bars", {{{"series", 0}, {"values", values}}}}}}}};
}

std::vector<std::pair<std::string, std::string>> facts_of(const ExperimentAnalysis& analysis,
                                                          const std::string& table) {
  std::vector<std::pair<std::string, std::string>> facts = {
      {"table", table},
      {"treatment", whole_words(analysis.treatment_creators)},
      {"control", whole_words(analysis.control_creators)}};
  if (analysis.untouched_creators > 0)
    facts.emplace_back("untouched", whole_words(analysis.untouched_creators));
  if (analysis.clusters > 0) facts.emplace_back("clusters", whole_words(analysis.clusters));
  facts.emplace_back("outcomes beyond chance (Holm)", [&] {
    const auto judged = std::ranges::count_if(analysis.effects, is_judged);
    const auto found = std::ranges::count_if(analysis.effects, [](const OutcomeEffect& effect) {
      return is_judged(effect) && effect.p_holm < 0.05;
    });
    return fmt::format("{} of {}", found, judged);
  }());
  return facts;
}

}  // namespace

std::string render_experiment_report(const ExperimentAnalysis& analysis, const std::string& table) {
  check(!analysis.effects.empty(), "an analysis has effects");
  const Frame frame{
      .title = "experiment analyze: " + analysis.effects.front().outcome,
      .headline = headline_of(analysis.effects.front()),
      .warnings = analysis.warnings,
      .lead = {sentence_words(analysis.sample_ratio.sentence())},
      .facts = facts_of(analysis, table),
      .series = {{"treatment against control", 1}},
      .footer = "Beside this page: `summary.json` with every number, `config.toml` with what was asked for."};
  return render_frame(frame,
                      {lifts_block(analysis), effects_block(analysis), dose_block(analysis),
                       contamination_block(analysis), elasticity_block(analysis), balance_block(analysis)});
}

}  // namespace perennial
