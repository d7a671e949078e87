#include "report/value_summary.h"

#include "report/summary_json.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

/// Without an interval for one future, where both ends would pretend to know.
Json over_futures(const Interval& interval, std::uint32_t futures) {
  Json json = interval_json(interval);
  if (futures < 2) json["ci95"] = nullptr;
  return json;
}

Json header_json(const ValueHeader& header, const char* what) {
  const ValueSettings& s = header.settings;
  return {{"command", "fork value"},   {"what", what},
          {"run", header.run},         {"run_policy", header.run_policy},
          {"policy", s.policy},        {"at", header.at},
          {"rounds", s.rounds},        {"futures", s.futures},
          {"discount", s.discount},    {"world", header.world},
          {"setting", header.setting}, {"recommender", header.recommender},
          {"seed", header.seed}};
}

Json calibration_json(const CalibrationLine& line, std::size_t count, std::uint32_t futures,
                      const char* things = "suggestions") {
  if (count == 0) return nullptr;
  return {{things, count},
          {"expected", line.expected.mean},
          {"measured", over_futures(line.measured, futures)},
          {"slope", over_futures(line.slope, futures)},
          {"rank_correlation", over_futures(line.rank, futures)},
          {"reliability", futures < 2 ? Json(nullptr) : Json(line.reliability)}};
}

/// One column of a table with one row per thing and future; `value(thing, future)`.
template <class Things, class Value>
auto column(const Things& things, std::uint32_t futures, Value value) {
  std::vector<decltype(value(things.front(), 0))> values;
  values.reserve(things.size() * futures);
  for (const auto& thing : things) {
    for (std::uint32_t f = 0; f < futures; ++f) values.push_back(value(thing, f));
  }
  return values;
}

}  // namespace

nlohmann::ordered_json suggestion_value_summary(const SuggestionValues& values) {
  const std::uint32_t futures = values.header.settings.futures;
  Json json = header_json(values.header, "suggestions");
  json["estimate_by"] = values.estimate_by;
  const HorizonLines& whole = values.horizons.back();
  json["all"] = calibration_json(whole.all, values.values.size(), futures);
  json["chosen"] = calibration_json(whole.chosen, values.choices, futures);
  json["horizons"] = Json::array();
  for (const HorizonLines& lines : values.horizons) {
    json["horizons"].push_back({{"rounds", lines.rounds},
                                {"all", calibration_json(lines.all, values.values.size(), futures)},
                                {"chosen", calibration_json(lines.chosen, values.choices, futures)}});
  }
  json["suggestions"] = Json::array();
  for (const SuggestionValue& value : values.values) {
    json["suggestions"].push_back({{"creator", value.creator},
                                   {"genre", values.header.genres[value.genre]},
                                   {"last_genre", values.header.genres[value.last_genre]},
                                   {"chosen", value.chosen},
                                   {"predicted_trust", value.predicted_trust},
                                   {"expected", value.expected},
                                   {"measured", over_futures(interval_of(value.measured), futures)}});
  }
  json["result_hash"] = values.header.result_hash;
  return json;
}

nlohmann::ordered_json impression_value_summary(const ImpressionValues& values) {
  const std::uint32_t futures = values.header.settings.futures;
  Json json = header_json(values.header, "impressions");
  json["factor"] = values.header.settings.factor;
  json["creators_respond"] = values.creators_respond;
  json["persistence"] = values.persistence;
  json["groups"] = Json::array();
  for (const ImpressionGroup& group : values.groups) {
    json["groups"].push_back({{"name", group.name},
                              {"creators", group.creators},
                              {"impressions_added", group.impressions},
                              {"expected_now", group.expected_now},
                              {"expected_later", group.expected_later},
                              {"now", over_futures(group.now, futures)},
                              {"later", over_futures(group.later, futures)},
                              {"total", over_futures(group.total, futures)},
                              {"expected_posts", group.expected_posts},
                              {"posts", over_futures(group.posts, futures)}});
  }
  json["later"] = calibration_json(values.later, values.values.size(), futures, "creators");
  json["posts"] = calibration_json(values.posts, values.values.size(), futures, "creators");
  json["result_hash"] = values.header.result_hash;
  return json;
}

Table suggestion_value_table(const SuggestionValues& values) {
  const std::uint32_t futures = values.header.settings.futures;
  const auto& genres = values.header.genres;
  const auto of = [&](auto value) { return column(values.values, futures, value); };
  using Value = const SuggestionValue&;
  Table table;
  table.add("creator", of([](Value v, std::uint32_t) { return std::int64_t{v.creator}; }));
  table.add("genre", of([&](Value v, std::uint32_t) { return genres[v.genre]; }));
  table.add("last_genre", of([&](Value v, std::uint32_t) { return genres[v.last_genre]; }));
  table.add("chosen", of([](Value v, std::uint32_t) { return std::int64_t{v.chosen ? 1 : 0}; }));
  table.add("predicted_trust", of([](Value v, std::uint32_t) { return v.predicted_trust; }));
  table.add("expected", of([](Value v, std::uint32_t) { return v.expected; }));
  table.add("future", of([](Value, std::uint32_t f) { return std::int64_t{f} + 1; }));
  table.add("measured", of([](Value v, std::uint32_t f) { return v.measured[f]; }));
  return table;
}

Table impression_value_table(const ImpressionValues& values) {
  const auto of = [&](auto value) { return column(values.values, values.header.settings.futures, value); };
  using Value = const ImpressionValue&;
  Table table;
  table.add("creator", of([](Value v, std::uint32_t) { return std::int64_t{v.creator}; }));
  table.add("click_rate", of([](Value v, std::uint32_t) { return v.click_rate; }));
  table.add("posts_per_click", of([](Value v, std::uint32_t) { return v.posts_per_click; }));
  table.add("value_of_a_post", of([](Value v, std::uint32_t) { return v.value_of_a_post; }));
  table.add("expected_now", of([](Value v, std::uint32_t) { return v.expected_now; }));
  table.add("expected_later", of([](Value v, std::uint32_t) { return v.expected_later; }));
  table.add("expected_posts", of([](Value v, std::uint32_t) { return v.expected_posts; }));
  table.add("future", of([](Value, std::uint32_t f) { return std::int64_t{f} + 1; }));
  table.add("extra_impressions", of([](Value v, std::uint32_t f) { return v.extra[f]; }));
  table.add("clicks_now", of([](Value v, std::uint32_t f) { return v.now[f]; }));
  table.add("clicks_later", of([](Value v, std::uint32_t f) { return v.later[f]; }));
  table.add("posts_later", of([](Value v, std::uint32_t f) { return v.posts[f]; }));
  return table;
}

}  // namespace perennial
