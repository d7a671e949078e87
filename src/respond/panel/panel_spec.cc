#include "respond/panel/panel_spec.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/names.h"

namespace perennial {
namespace {

const std::vector<std::string> measures = {"count", "users", "days", "sum", "recency_days", "age_days"};

PanelFeature feature(const std::string& name, const std::string& event, const std::string& measure,
                     std::int64_t from, std::int64_t to, const std::string& help) {
  PanelFeature made;
  made.name = name;
  made.event = event;
  made.measure = measure;
  made.from_days = from;
  made.to_days = to;
  made.help = help;
  return made;
}

void add_usual_features(std::vector<PanelFeature>& to, const std::string& event) {
  to.push_back(feature(event + "_7d", event, "count", -7, 0, event + " in the 7 days before the start"));
  to.push_back(feature(event + "_28d", event, "count", -28, 0, event + " in the 28 days before the start"));
  to.push_back(
      feature(event + "_earlier_28d", event, "count", -56, -28, event + " in the 28 days before those"));
  if (event == "likes" || event == "comments") {
    to.push_back(feature(event + "_users_28d", event, "users", -28, 0,
                         "different users of " + event + " in the 28 days before the start"));
  }
  if (event == "posts") {
    to.push_back(
        feature("posts_days_28d", event, "days", -28, 0, "days with a post in the 28 days before the start"));
    to.push_back(feature("posts_recency_days", event, "recency_days", -ever_days, 0,
                         "days from the last post to the start"));
    to.push_back(
        feature("posts_age_days", event, "age_days", -ever_days, 0, "days from the first post to the start"));
  }
}

/// What stands in a measure itself.
void check_measured(const PanelSpec& spec, const Measured& measured, const std::string& what) {
  if (measured.name.empty()) throw Error(ErrorCode::invalid_argument, fmt::format("{} without a name", what));
  const auto place = fmt::format("{} '{}'", what, measured.name);
  if (std::ranges::find(measures, measured.measure) == measures.end()) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{}: no measure '{}'{}", place, measured.measure,
                                                         name_hint(measured.measure, measures)));
  }
  if (measured.event.empty())
    throw Error(ErrorCode::invalid_argument, place + ": say of which events, as in event = \"posts\"");
  const auto& event = spec.event(measured.event);
  if (measured.measure == "sum" && measured.value.empty()) {
    throw Error(ErrorCode::invalid_argument, place + ": the sum needs a column, as in value = \"seconds\"");
  }
  if (measured.measure == "users" && event.user.empty()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: the events {} have no column of users", place, event.name));
  }
}

void check_window(const PanelFeature& feature) {
  if (feature.to_days > 0) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("feature '{}' looks past the experiment's start: its window ends {} days after it "
                    "(to_days = {}), where the treatment has changed what is counted; features end at 0 or "
                    "before",
                    feature.name, feature.to_days, feature.to_days));
  }
  if (feature.from_days >= feature.to_days) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("feature '{}': its window begins (from_days = {}) where it ends (to_days = {}) or later",
                    feature.name, feature.from_days, feature.to_days));
  }
}

}  // namespace

Fields EventTable::fields() {
  return Fields()
      .text("table", table, "its name in the source (default: the events' name)")
      .text("creator", creator, "column with the creator's id")
      .text("user", user, "column with the id of who saw, liked, ..")
      .text("time", time, "column with the time");
}

Fields Measured::fields() {
  return Fields()
      .text("name", name, "the panel's column")
      .text("event", event, "of which events")
      .text("measure", measure, "what is counted", measures)
      .text("value", value, "column that sum adds up")
      .text("help", help, "what it means");
}

Fields PanelFeature::fields() {
  return Measured::fields()
      .integer("from_days", from_days, {-static_cast<double>(ever_days), static_cast<double>(ever_days)},
               "the window's begin, in days from the start")
      .integer("to_days", to_days, {-static_cast<double>(ever_days), static_cast<double>(ever_days)},
               "the window's end, in days from the start; 0 or less");
}

Fields PanelOutcome::fields() {
  return Measured::fields().flag("before", before, "add the same over as long a time before the start");
}

Fields CreatorsTable::assignment_fields() {
  return Fields()
      .text("table", table, "table with one row per creator of the experiment")
      .text("creator", creator, "column with the creator's id")
      .text("arm", arm, "column with the arm")
      .text("cluster", cluster, "column with the unit that was randomised");
}

Fields CreatorsTable::creators_fields() {
  return Fields()
      .text("table", table, "table with one row per creator")
      .text("creator", creator, "column with the creator's id")
      .text("joined", joined, "column with the time a creator joined; later than the start is left out")
      .text("features", features, "columns known before the start, with commas between");
}

std::vector<std::string> CreatorsTable::feature_columns() const {
  std::vector<std::string> columns;
  std::size_t at = 0;
  while (at < features.size()) {
    const auto end = std::min(features.find(',', at), features.size());
    auto name = features.substr(at, end - at);
    name.erase(0, name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    if (!name.empty()) columns.push_back(name);
    at = end + 1;
  }
  return columns;
}

const EventTable& PanelSpec::event(const std::string& name) const {
  std::vector<std::string> names;
  for (const auto& table : events) {
    if (table.name == name) return table;
    names.push_back(table.name);
  }
  throw Error(ErrorCode::invalid_argument, fmt::format("no events '{}'{}", name, name_hint(name, names)));
}

std::vector<EventTable> usual_events() {
  std::vector<EventTable> events;
  for (const char* name : {"posts", "impressions", "likes", "comments", "follows"}) {
    events.emplace_back().name = name;
  }
  return events;
}

void fill_panel_spec(PanelSpec& spec, const std::vector<std::string>& tables) {
  const auto has = [&](const std::string& name) { return std::ranges::find(tables, name) != tables.end(); };
  for (auto& usual : usual_events()) {
    const bool given = std::ranges::find(spec.events, usual.name, &EventTable::name) != spec.events.end();
    if (!given && has(usual.name)) spec.events.push_back(usual);
  }
  if (spec.events.empty()) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("no table of events among: {}; they are called posts, impressions, likes, comments, "
                    "follows, or as [events.NAME] in --spec says",
                    fmt::join(tables, ", ")));
  }
  if (spec.assignment.table.empty() && has("assignment")) spec.assignment.table = "assignment";
  if (spec.creators.table.empty() && has("creators")) spec.creators.table = "creators";
  if (spec.features.empty()) {
    for (const auto& event : spec.events) add_usual_features(spec.features, event.name);
  }
  if (spec.outcomes.empty()) {
    for (const auto& event : spec.events) {
      auto& outcome = spec.outcomes.emplace_back();
      outcome.name = event.name;
      outcome.event = event.name;
      outcome.help = event.name + " during the experiment";
    }
  }
}

void check_panel_spec(const PanelSpec& spec) {
  if (spec.start.empty() || spec.end.empty()) {
    throw Error(ErrorCode::invalid_argument,
                "the experiment's start and end are needed: --start 2026-03-01 --end 2026-03-15");
  }
  if (spec.end_moment() <= spec.start_moment()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("the experiment's end {} does not follow its start {}", spec.end, spec.start));
  }
  std::set<std::string> names = {"creator_id"};
  const auto add = [&](const std::string& name) {
    if (!names.insert(name).second)
      throw Error(ErrorCode::invalid_argument, fmt::format("two columns of the panel are named '{}'", name));
  };
  if (!spec.assignment.table.empty()) add("arm");
  if (!spec.assignment.table.empty() && !spec.assignment.cluster.empty()) add("cluster");
  for (const auto& outcome : spec.outcomes) {
    check_measured(spec, outcome, "outcome");
    add(outcome.name);
    if (outcome.before) add(outcome.name + "_before");
    if (outcome.measure == "recency_days" || outcome.measure == "age_days") {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("outcome '{}': {} is missing for who did nothing, so it is no outcome",
                              outcome.name, outcome.measure));
    }
  }
  for (const auto& feature : spec.features) {
    check_measured(spec, feature, "feature");
    check_window(feature);
    add(feature.name);
  }
  for (const auto& column : spec.creators.feature_columns()) add(column);
}

}  // namespace perennial
