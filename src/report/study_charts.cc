#include <fmt/format.h>

#include <algorithm>

#include "report/charts.h"
#include "report/frame.h"
#include "report/page.h"
#include "report/study_blocks.h"
#include "report/words.h"
#include "study/interval.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

bool is_wanted(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

std::vector<std::size_t> worlds_of(const Study& study, const StudyChart& chart) {
  std::vector<std::size_t> wanted;
  for (std::size_t w = 0; w < study.worlds.size(); ++w)
    if (is_wanted(chart.worlds, study.file.worlds[w].name)) wanted.push_back(w);
  return wanted;
}

std::vector<std::size_t> arms_of(const Study& study, const StudyChart& chart) {
  std::vector<std::size_t> wanted;
  for (std::size_t a = 0; a < study.file.arms.size(); ++a)
    if (is_wanted(chart.arms, study.file.arms[a].name)) wanted.push_back(a);
  return wanted;
}

/// Clicks per round of one world, of the chart's arms.
Json curves(const Study& study, const StudyChart& chart, std::size_t world) {
  Json block = clicks_block(study.worlds[world]);
  block["title"] = fmt::format("{}: clicks per round", study.file.worlds[world].title);
  if (!chart.note.empty()) block["note"] = chart.note + " " + block["note"].get<std::string>();
  for (Json& view : block["views"]) {
    Json lines = Json::array();
    for (const Json& line : view["lines"]) {
      if (is_wanted(chart.arms, study.file.arms[line["series"].get<std::size_t>()].name))
        lines.push_back(line);
    }
    view["lines"] = lines;
  }
  return block;
}

/// Distinct genres of the creator in each place when all are sorted by it, most first: one value per place and seed.
std::vector<std::vector<double>> sorted_genres(const ComparedPolicy& arm) {
  std::vector<std::vector<double>> places;
  for (const RunResult& run : arm.runs) {
    std::vector<double> genres;
    for (const CreatorOutcome& creator : run.creators) genres.push_back(creator.genres);
    std::ranges::sort(genres, std::greater<>());
    if (places.empty()) places.resize(genres.size());
    for (std::size_t i = 0; i < std::min(places.size(), genres.size()); ++i) places[i].push_back(genres[i]);
  }
  return places;
}

Json genres_panel(const Study& study, const StudyChart& chart, std::size_t world) {
  Json lines = Json::array(), x = Json::array();
  for (const std::size_t a : arms_of(study, chart)) {
    Json mean = Json::array(), low = Json::array(), high = Json::array();
    for (const auto& values : sorted_genres(study.worlds[world].policies[a])) {
      const Interval interval = interval_of(values);
      mean.push_back(rounded(interval.mean));
      low.push_back(rounded(interval.low));
      high.push_back(rounded(interval.high));
      if (lines.empty()) x.push_back(x.size() + 1);
    }
    lines.push_back({{"series", a}, {"mean", mean}, {"low", low}, {"high", high}});
  }
  return {{"title", study.file.worlds[world].title},
          {"note", ""},
          {"x_title", "Creators, most genres first"},
          {"y_title", "Distinct genres"},
          {"view", {{"name", ""}, {"x", x}, {"lines", lines}}}};
}

Json genres(const Study& study, const StudyChart& chart) {
  Json panels = Json::array();
  for (const std::size_t w : worlds_of(study, chart)) panels.push_back(genres_panel(study, chart, w));
  return {{"kind", "panels"},
          {"title", chart.title.empty() ? "Genres per creator" : chart.title},
          {"note", chart.note + " In each run creators are sorted by the number of genres they made items "
                                "in; lines are means over seeds."},
          {"panels", panels}};
}

Json bars(const Study& study, const StudyChart& chart) {
  Json names = Json::array(), series = Json::array();
  const auto worlds = worlds_of(study, chart);
  for (const std::size_t w : worlds) names.push_back(study.file.worlds[w].title);
  for (const std::size_t a : arms_of(study, chart)) {
    Json values = Json::array();
    for (const std::size_t w : worlds) {
      const auto of_seeds = study_values(study.worlds[w].policies[a], chart.metric);
      if (of_seeds.empty()) continue;
      const Interval interval = interval_of(of_seeds);
      values.push_back(whisker_json(interval.mean, interval.low, interval.high));
    }
    if (values.size() == worlds.size()) series.push_back({{"series", a}, {"values", values}});
  }
  if (series.empty()) return nullptr;
  const auto title = title_of(chart.metric);
  return {{"kind", "bars"},
          {"title", chart.title.empty() ? title : chart.title},
          {"note", chart.note},
          {"value_title", title},
          {"across", false},
          {"plots",
           {{{"title", ""}, {"note", ""}, {"category_title", ""}, {"categories", names}, {"bars", series}}}}};
}

}  // namespace

std::vector<Json> study_charts(const Study& study) {
  auto charts = study.file.charts;
  if (charts.empty())
    charts.push_back(
        {.place = "", .kind = "curves", .title = "", .note = "", .arms = {}, .worlds = {}, .metric = {}});
  std::vector<Json> blocks;
  for (const StudyChart& chart : charts) {
    if (chart.kind == "genres") blocks.push_back(genres(study, chart));
    if (chart.kind == "bars") blocks.push_back(bars(study, chart));
    if (chart.kind != "curves") continue;
    for (const std::size_t w : worlds_of(study, chart)) blocks.push_back(curves(study, chart, w));
  }
  return blocks;
}

}  // namespace perennial
