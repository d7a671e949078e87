#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "report/page.h"
#include "report/value_frame.h"
#include "report/value_report.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t chosen_series = 0, other_series = 1;
constexpr std::size_t most_rows = 12;
constexpr std::size_t bins = 6;

Json point_of(const SuggestionValue& value) {
  const Interval measured = interval_of(value.measured);
  return {{"series", value.chosen ? chosen_series : other_series},
          {"x", rounded(value.expected)},
          {"mean", rounded(measured.mean)},
          {"low", rounded(measured.low)},
          {"high", rounded(measured.high)}};
}

/// Suggestions in bins of equal number by estimate: the mean value of a bin is known better than each.
Json binned(const SuggestionValues& values) {
  std::vector<const SuggestionValue*> order;
  for (const SuggestionValue& value : values.values) order.push_back(&value);
  std::ranges::stable_sort(order, {}, &SuggestionValue::expected);
  Json points = Json::array();
  const std::size_t count = std::min(bins, order.size());
  for (std::size_t b = 0; b < count; ++b) {
    std::vector<double> expected;
    std::vector<std::vector<double>> measured;
    for (std::size_t i = b * order.size() / count; i < (b + 1) * order.size() / count; ++i) {
      expected.push_back(order[i]->expected);
      measured.push_back(order[i]->measured);
    }
    const auto line = calibration_line(expected, measured);
    points.push_back({{"series", other_series},
                      {"x", rounded(line.expected.mean)},
                      {"mean", rounded(line.measured.mean)},
                      {"low", rounded(line.measured.low)},
                      {"high", rounded(line.measured.high)}});
  }
  return points;
}

Json calibration_block(const SuggestionValues& values) {
  Json points = Json::array();
  for (const SuggestionValue& value : values.values) points.push_back(point_of(value));
  return {{"kind", "points"},
          {"title", "Is the price honest?"},
          {"note",
           fmt::format(
               "Clicks that a suggestion adds over saying nothing to that creator: what {} expects, and what "
               "forks measure, with 95% intervals over futures. On the dashed line the estimate is right.",
               values.estimate_by)},
          {"x_title", "expected"},
          {"y_title", "measured"},
          {"diagonal", true},
          {"plots",
           {{{"title", "In groups of equal number"},
             {"note", "Mean of each group by estimate; chosen and not chosen together."},
             {"points", binned(values)}},
            {{"title", "Every suggestion"},
             {"note", "Chosen by the policy, and alternatives."},
             {"points", points}}}}};
}

Json lines_block(const SuggestionValues& values) {
  const std::uint32_t futures = values.header.settings.futures;
  const HorizonLines& whole = values.horizons.back();
  Json rows = Json::array({line_row("all", whole.all, values.values.size(), futures)});
  if (values.choices > 0)
    rows.push_back(line_row("chosen by the policy", whole.chosen, values.choices, futures));
  return {
      {"kind", "table"},
      {"title", "The estimate against the forks"},
      {"note",
       "Clicks per suggestion. Slope of the value on the estimate: 1 is honest, below 1 boasts, above 1 is "
       "too modest. Rank correlation is held down by chance in the values; reliability says how much of "
       "their spread is not chance."},
      {"columns", line_columns("Suggestions")},
      {"rows", rows}};
}

/// The same forks, cut off earlier: what comes soon is known far better than what comes late.
Json horizons_block(const SuggestionValues& values) {
  if (values.horizons.size() < 2) return nullptr;
  const std::uint32_t futures = values.header.settings.futures;
  Json rows = Json::array();
  for (const HorizonLines& lines : values.horizons) {
    rows.push_back({{"name", count_words(lines.rounds, "round")},
                    {"cells",
                     {value_cell(lines.all.measured, futures),
                      values.choices > 0 ? value_cell(lines.chosen.measured, futures) : cell_json("\u2013"),
                      value_cell(lines.all.slope, futures), value_cell(lines.all.rank, futures),
                      cell_json(futures < 2 ? "\u2013" : number_words(lines.all.reliability))}}});
  }
  return {
      {"kind", "table"},
      {"title", "As rounds add up"},
      {"note",
       "The same forks, cut off after fewer rounds. The longer paths have gone apart, the more chance there "
       "is in their difference: intervals widen with the horizon, and narrow with the root of the futures."},
      {"columns",
       {{{"title", "After"}, {"help", ""}},
        {{"title", "Measured"}, {"help", "all, clicks"}},
        {{"title", "Measured"}, {"help", "chosen, clicks"}},
        {{"title", "Slope"}, {"help", "all, measured on expected"}},
        {{"title", "Rank correlation"}, {"help", "all, Spearman"}},
        {{"title", "Reliability"}, {"help", "of the values"}}}},
      {"rows", rows}};
}

Json list_block(const SuggestionValues& values) {
  const std::uint32_t futures = values.header.settings.futures;
  std::vector<const SuggestionValue*> order;
  for (const SuggestionValue& value : values.values) {
    if (value.chosen || values.choices == 0) order.push_back(&value);
  }
  std::ranges::stable_sort(
      order, [](const SuggestionValue* a, const SuggestionValue* b) { return a->expected > b->expected; });
  order.resize(std::min(order.size(), most_rows));
  Json rows = Json::array();
  const auto& genres = values.header.genres;
  for (const SuggestionValue* value : order) {
    rows.push_back(
        {{"name", fmt::format("creator {}", value->creator)},
         {"cells",
          {cell_json(genres[value->genre], fmt::format("made {} last", genres[value->last_genre])),
           cell_json(number_words(value->predicted_trust)), cell_json(signed_words(value->expected)),
           value_cell(interval_of(value->measured), futures)}}});
  }
  return {{"kind", "table"},
          {"title", "Suggestions expected to be worth most"},
          {"note", "All are in `values.parquet`, future by future."},
          {"columns",
           {{{"title", "Creator"}, {"help", ""}},
            {{"title", "Suggestion"}, {"help", ""}},
            {{"title", "Trust"}, {"help", "predicted"}},
            {{"title", "Expected"}, {"help", "clicks"}},
            {{"title", "Measured"}, {"help", "clicks"}}}},
          {"rows", rows}};
}

Json notes_block(const SuggestionValues& values) {
  return {
      {"kind", "notes"},
      {"title", "How this was measured"},
      {"items",
       {fmt::format(
            "Who creates in round {}, and what the others are told then, is the same in all futures; all "
            "other "
            "coins differ from there on. In each future one fork tells a creator the genre, another tells it "
            "nothing; all else is the same, and both are played for {} rounds. The value is the difference "
            "in "
            "clicks of the whole platform.",
            values.header.at + 1, values.header.settings.rounds),
        fmt::format("{} plays on as it is and learns nothing more, so that no fork teaches it that it had "
                    "chosen what "
                    "was forced.",
                    values.header.settings.policy),
        "The estimate is the expected gain of the fluid model: predicted trust times what an item of the "
        "genre would "
        "add less what one more of the creator's last genre would, given what the others are expected to "
        "make.",
        "In futures in which the creator does not follow the value is 0, but for what the platform makes of "
        "being "
        "ignored. Intervals are over futures of this one moment."}}};
}

}  // namespace

std::string suggestion_value_headline(const SuggestionValues& values) {
  const std::uint32_t futures = values.header.settings.futures;
  const bool choices = values.choices > 0;
  const HorizonLines& whole = values.horizons.back();
  const CalibrationLine& line = choices ? whole.chosen : whole.all;
  return fmt::format(
      "{}: {} clicks expected, {} measured; slope of value on price {}",
      choices ? fmt::format("A suggestion of {}", values.header.settings.policy) : "A suggestion",
      number_words(line.expected.mean), value_words(line.measured, futures),
      value_words(whole.all.slope, futures));
}

std::string render_suggestion_value_report(const SuggestionValues& values) {
  Frame frame = value_frame(values.header, "suggestions");
  frame.headline = suggestion_value_headline(values);
  frame.series = {{"chosen by the policy", 1}, {"alternatives", 0}};
  return render_frame(frame, {calibration_block(values), lines_block(values), horizons_block(values),
                              list_block(values), notes_block(values)});
}

}  // namespace perennial
