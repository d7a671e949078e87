#include "report/diagnosis_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/diagnosis_words.h"
#include "report/frame.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

/// One estimate of a condition.
struct Quantity {
  std::size_t condition = 0;  // place in condition_titles
  std::string name;
  Estimate estimate;
  bool is_share = false;  // shown in percent
};

void add_response(std::vector<Quantity>& all, const CreatorResponse& found) {
  const bool experiment = found.evidence == ResponseEvidence::experiment;
  all.push_back({2,
                 experiment
                     ? fmt::format("{} per creator, treatment less control", found.outcome)
                     : fmt::format("{} per unit of {} received before", found.outcome, found.engagement),
                 found.effect});
  if (found.relative.se > 0)
    all.push_back({2, experiment ? "the same, of control" : "elasticity", found.relative, experiment});
  if (experiment && found.posts_per_engagement)
    all.push_back({2, fmt::format("{} per unit of {} received", found.outcome, found.engagement),
                   *found.posts_per_engagement});
  for (const auto& group : found.groups) all.push_back({2, group.group, group.effect});
  if (found.difference) all.push_back({2, "last group less first", *found.difference});
}

std::vector<Quantity> quantities_of(const Diagnosis& d) {
  std::vector<Quantity> all;
  if (d.discounting) {
    all.push_back({0, "users who come back next period", d.discounting->returning_share, true});
    all.push_back({0, "engagement after the first period", d.discounting->later_share, true});
    all.push_back({0, "the same, discounted", d.discounting->discounted_later_share, true});
  }
  if (d.content_gap) {
    all.push_back({1, "left for later: best fifth less than the rest by", d.content_gap->gap, true});
    all.push_back({1, "advantage of the best fifth now", d.content_gap->short_run_advantage, true});
    all.push_back({1, "advantage with what follows", d.content_gap->long_run_advantage, true});
  }
  if (d.response) add_response(all, *d.response);
  if (d.later_per_engagement) all.push_back({2, "later engagement per engagement", *d.later_per_engagement});
  if (d.spillover)
    all.push_back({3, "engagement by users new to the creator", d.spillover->others_share, true});
  return all;
}

/// What a condition means here, or why nothing can be said of it.
std::string meaning_of_condition(const Diagnosis& d, std::size_t condition) {
  const auto words = [&](const auto& found) {
    return found ? meaning_of(*found) : fmt::format("Not estimated: {}.", d.why_not[condition]);
  };
  if (condition == 0) return words(d.discounting);
  if (condition == 1) return words(d.content_gap);
  if (condition == 2 && d.response)
    return fmt::format("{} ({}, {} creators)", meaning_of(*d.response), how_measured(*d.response),
                       whole_words(d.response->creators));
  return condition == 2 ? words(d.response) : words(d.spillover);
}

/// A chart for each condition that was estimated: shares in one scale, what creators do in another.
Json chart_of(const Diagnosis& d, std::span<const Quantity> all, std::size_t condition, bool shares) {
  Json names = Json::array(), values = Json::array();
  for (const Quantity& one : all) {
    if (one.condition != condition || one.is_share != shares) continue;
    const double factor = shares ? 100 : 1;
    names.push_back(one.name);
    values.push_back(
        whisker_json(factor * one.estimate.mean, factor * one.estimate.low, factor * one.estimate.high));
  }
  if (names.empty()) return nullptr;
  return {{"title", fmt::format("{}{}", condition_titles[condition], shares ? ", in %" : "")},
          {"note", meaning_of_condition(d, condition)},
          {"category_title", ""},
          {"categories", names},
          {"bars", {{{"series", condition}, {"values", values}}}}};
}

Json conditions_block(const Diagnosis& d, std::span<const Quantity> all) {
  Json plots = Json::array();
  for (std::size_t condition = 0; condition < condition_titles.size(); ++condition) {
    for (const bool shares : {true, false}) {
      const Json plot = chart_of(d, all, condition, shares);
      if (!plot.is_null()) plots.push_back(plot);
    }
  }
  if (plots.empty()) return nullptr;
  return {
      {"kind", "bars"},
      {"title", "The four conditions"},
      {"note",
       "With 95% intervals. Only the third decides: without a response of creators nothing available later "
       "depends on what is shown now. The others say how much is at stake."},
      {"value_title", ""},
      {"across", true},
      {"plots", plots}};
}

Json meanings_block(const Diagnosis& d) {
  Json rows = Json::array();
  for (std::size_t condition = 0; condition < condition_titles.size(); ++condition)
    rows.push_back({{"series", condition}, {"text", meaning_of_condition(d, condition)}});
  return {{"kind", "definitions"}, {"title", "What each means here"}, {"entries", rows}};
}

Json numbers_block(std::span<const Quantity> all) {
  if (all.empty()) return nullptr;
  Json rows = Json::array();
  for (const Quantity& one : all) {
    rows.push_back({{"name", one.name},
                    {"cells",
                     {cell_json(condition_titles.at(one.condition)),
                      one.is_share ? percent_cell(one.estimate.mean, one.estimate.low, one.estimate.high)
                                   : estimate_cell(one.estimate),
                      cell_json(p_words(one.estimate.p))}}});
  }
  return {{"kind", "table"},
          {"title", "In numbers"},
          {"note", "Below each estimate its 95% interval. p: of \"it is 0\"."},
          {"columns",
           {{{"title", "Quantity"}, {"help", ""}},
            {{"title", "Condition"}, {"help", ""}},
            {{"title", "Estimate"}, {"help", ""}},
            {{"title", "p"}, {"help", ""}}}},
          {"rows", rows}};
}

}  // namespace

std::string render_diagnosis_report(const Diagnosis& d) {
  const auto all = quantities_of(d);
  Frame frame{.title = "diagnose",
              .headline = sentence_words(verdict_words(d.verdict)),
              .warnings = d.warnings,
              .lead = {sentence_words(d.reason)},
              .facts = {{"tables", fmt::format("{}", fmt::join(d.sources, ", "))},
                        {"next period counts for", number_words(d.options.gamma)},
                        {"worth the trouble from", number_words(d.options.smallest_gain)}},
              .series = {},
              .footer =
                  "Beside this page: `summary.json` with every number, `conditions.parquet`, `config.toml` "
                  "with what was asked for."};
  if (d.periods > 0) frame.lead.push_back(sentence_words(periods_words(d)));
  if (d.response) frame.facts.emplace_back("creators' response", how_measured(*d.response));
  for (const char* title : condition_titles) frame.series.push_back({title, frame.series.size() + 1});
  return render_frame(frame, {conditions_block(d, all), meanings_block(d), numbers_block(all)});
}

Table diagnosis_table(const Diagnosis& d) {
  std::vector<std::string> conditions, names;
  std::vector<double> mean, se, low, high, p;
  constexpr std::array<const char*, 4> keys = {"discounting", "content_gap", "response", "spillover"};
  for (const Quantity& one : quantities_of(d)) {
    conditions.emplace_back(keys.at(one.condition));
    names.push_back(one.name);
    mean.push_back(one.estimate.mean);
    se.push_back(one.estimate.se);
    low.push_back(one.estimate.low);
    high.push_back(one.estimate.high);
    p.push_back(one.estimate.p);
  }
  Table table;
  table.add("condition", std::move(conditions))
      .add("quantity", std::move(names))
      .add("mean", std::move(mean))
      .add("se", std::move(se))
      .add("low", std::move(low))
      .add("high", std::move(high))
      .add("p", std::move(p));
  return table;
}

}  // namespace perennial
