#include "report/frame.h"

#include <fmt/format.h>

#include <cmath>

#include "base/check.h"
#include "report/page.h"
#include "report/palette.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json series_json(const Frame& frame) {
  Json series = Json::array();
  for (const FrameSeries& one : frame.series)
    series.push_back({{"name", one.name}, {"badge", ""}, {"slot", one.slot}, {"dashed", false}});
  return series;
}

Json facts_json(const Frame& frame) {
  Json facts = Json::array();
  for (const auto& [name, value] : frame.facts) facts.push_back(Json::array({name, value}));
  return facts;
}

}  // namespace

std::string render_frame(const Frame& frame, const std::vector<Json>& blocks) {
  check(!frame.series.empty(), "a report shows something");
  Json shown = Json::array();
  for (const Json& block : blocks) {
    if (!block.is_null()) shown.push_back(block);
  }
  Json warnings = Json::array();
  for (const std::string& warning : frame.warnings) warnings.push_back(sentence_words(warning));
  const Json data{
      {"title", frame.title},         {"headline", frame.headline},
      {"warnings", warnings},         {"lead", frame.lead},
      {"facts", facts_json(frame)},   {"palette", {{"light", light_colours}, {"dark", dark_colours}}},
      {"series", series_json(frame)}, {"blocks", shown},
      {"footer", frame.footer}};
  return fill_page("Perennial " + frame.title, data);
}

Json whisker_json(double mean, double low, double high) {
  const bool bounded = std::isfinite(low) && std::isfinite(high);
  return {{"mean", rounded(mean)},
          {"low", rounded(bounded ? low : mean)},
          {"high", rounded(bounded ? high : mean)}};
}

Json cell_json(std::string text, std::string under) {
  return {{"text", std::move(text)}, {"under", std::move(under)}};
}

Json estimate_cell(const Estimate& estimate) {
  return cell_json(signed_words(estimate.mean),
                   signed_range_words({estimate.mean, estimate.low, estimate.high}));
}

Json percent_cell(double mean, double low, double high) {
  if (!std::isfinite(low) || !std::isfinite(high))
    return cell_json(signed_percent_words(mean), "without bound");
  return cell_json(signed_percent_words(mean),
                   fmt::format("{} to {}", signed_percent_words(low), signed_percent_words(high)));
}

std::string p_words(double p) {
  if (p < 0.0001) return "p < 0.0001";
  return fmt::format("p = {:.{}f}", p, p < 0.01 ? 4 : p < 0.1 ? 3 : 2);
}

std::string signed_percent_words(double share) {
  return signed_words(100 * share) + "%";
}

}  // namespace perennial
