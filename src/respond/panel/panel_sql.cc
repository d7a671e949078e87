#include "respond/panel/panel_sql.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "io/duckdb.h"

namespace perennial {
namespace {

std::string timestamp(MomentSeconds moment) {
  return fmt::format("TIMESTAMP '{}'", moment_text(moment));
}

bool is_count(const Measured& measured) {
  return measured.measure != "recency_days" && measured.measure != "age_days" && measured.measure != "sum";
}

struct Window {
  MomentSeconds from, to;
};

/// A measure over a window of `happened`, the events with the columns creator, at, userid and the summed ones.
std::string aggregate(const Measured& measured, const Window& window) {
  const auto inside = fmt::format("FILTER (WHERE happened_at >= {} AND happened_at < {})",
                                  timestamp(window.from), timestamp(window.to));
  const auto days_to = [&](const char* which) {
    return fmt::format("CAST(extract(epoch FROM ({} - {}(happened_at) {})) AS DOUBLE PRECISION) / 86400",
                       timestamp(window.to), which, inside);
  };
  if (measured.measure == "users") return fmt::format("count(DISTINCT by_user) {}", inside);
  if (measured.measure == "days") return fmt::format("count(DISTINCT CAST(happened_at AS DATE)) {}", inside);
  if (measured.measure == "recency_days") return days_to("max");
  if (measured.measure == "age_days") return days_to("min");
  if (measured.measure == "sum") {
    return fmt::format("sum(CAST({} AS DOUBLE PRECISION)) {}", sql_name("value " + measured.value), inside);
  }
  return fmt::format("count(*) {}", inside);
}

/// A column of the panel that is counted from events.
struct Counted {
  Measured measured;
  Window window;
};

class Sql {
 public:
  explicit Sql(const PanelSpec& spec) : spec_(spec), start_(spec.start_moment()), end_(spec.end_moment()) {}

  std::string text() {
    list_columns();
    std::vector<std::string> parts;
    for (const auto& event : spec_.events) {
      if (is_used(event)) parts.push_back(events(event));
    }
    parts.push_back(fmt::format("panel_creators AS (\n{}\n)", creators()));
    return fmt::format("WITH {}\nSELECT {}\nFROM {}\n", fmt::join(parts, ",\n"), selected(), joined());
  }

 private:
  /// What is counted, without what only an outcome or a feature has.
  static const Measured& measured_of(const Measured& column) { return column; }

  void list_columns() {
    const auto length = end_ - start_;
    for (const auto& outcome : spec_.outcomes) {
      columns_.push_back({measured_of(outcome), {start_, end_}});
      if (!outcome.before) continue;
      columns_.push_back({measured_of(outcome), {start_ - length, start_}});
      columns_.back().measured.name += "_before";
    }
    for (const auto& feature : spec_.features) {
      columns_.push_back(
          {measured_of(feature), {start_ + feature.from_days * 86400, start_ + feature.to_days * 86400}});
    }
  }

  /// Without an own list of creators the events say who there is.
  bool from_events() const { return spec_.assignment.table.empty() && spec_.creators.table.empty(); }

  bool is_used(const EventTable& event) const {
    if (from_events()) return true;
    for (const auto& column : columns_) {
      if (column.measured.event == event.name) return true;
    }
    return false;
  }

  static std::string part(const EventTable& event) { return sql_name("of_" + event.name); }

  /// One row per creator with every measure of these events.
  std::string events(const EventTable& event) const {
    std::string taken = fmt::format("{} AS creator, CAST({} AS TIMESTAMP) AS happened_at",
                                    sql_name(event.creator), sql_name(event.time));
    std::string measures;
    bool users = false;
    std::vector<std::string> values;
    for (const auto& [measured, window] : columns_) {
      if (measured.event != event.name) continue;
      users = users || measured.measure == "users";
      if (measured.measure == "sum" && std::ranges::find(values, measured.value) == values.end()) {
        values.push_back(measured.value);
      }
      measures += fmt::format(",\n    {} AS {}", aggregate(measured, window), sql_name(measured.name));
    }
    if (users) taken += fmt::format(", {} AS by_user", sql_name(event.user));
    for (const auto& value : values) {
      taken += fmt::format(", {} AS {}", sql_name(value), sql_name("value " + value));
    }
    const auto before = from_events() ? fmt::format(",\n    min(happened_at) AS first_at") : "";
    return fmt::format(
        "{} AS (\n  SELECT creator{}{}\n  FROM (SELECT {}\n    FROM {}) AS happened\n  WHERE happened_at < "
        "{} AND "
        "creator IS NOT NULL\n  GROUP BY creator\n)",
        part(event), before, measures, taken, sql_name(event.table_name()), timestamp(end_));
  }

  std::string creators() const {
    if (const auto& table = spec_.assignment; !table.table.empty()) {
      std::string columns =
          fmt::format("{} AS creator, {} AS arm", sql_name(table.creator), sql_name(table.arm));
      if (!table.cluster.empty()) columns += fmt::format(", {} AS cluster", sql_name(table.cluster));
      return fmt::format("  SELECT {}\n  FROM {}", columns, sql_name(table.table));
    }
    if (const auto& table = spec_.creators; !table.table.empty()) {
      const auto joined = table.joined.empty() ? ""
                                               : fmt::format("\n  WHERE CAST({} AS TIMESTAMP) < {}",
                                                             sql_name(table.joined), timestamp(start_));
      return fmt::format("  SELECT {} AS creator\n  FROM {}{}", sql_name(table.creator),
                         sql_name(table.table), joined);
    }
    std::vector<std::string> parts;
    for (const auto& event : spec_.events) {
      parts.push_back(
          fmt::format("  SELECT creator FROM {} WHERE first_at < {}", part(event), timestamp(start_)));
    }
    return fmt::format("{}", fmt::join(parts, "\n  UNION\n"));
  }

  std::string selected() const {
    std::string list = "CAST(panel_creators.creator AS VARCHAR) AS creator_id";
    if (!spec_.assignment.table.empty()) {
      list += ",\n  CAST(panel_creators.arm AS VARCHAR) AS arm";
      if (!spec_.assignment.cluster.empty()) {
        list += ",\n  CAST(panel_creators.cluster AS VARCHAR) AS cluster";
      }
    }
    for (const auto& [measured, window] : columns_) {
      const auto column = part(spec_.event(measured.event)) + "." + sql_name(measured.name);
      const auto value = is_count(measured)          ? fmt::format("CAST(coalesce({}, 0) AS BIGINT)", column)
                         : measured.measure == "sum" ? fmt::format("coalesce({}, 0)", column)
                                                     : column;
      list += fmt::format(",\n  {} AS {}", value, sql_name(measured.name));
    }
    for (const auto& column : spec_.creators.feature_columns()) {
      list += fmt::format(",\n  about_creators.{}", sql_name(column));
    }
    return list;
  }

  std::string joined() const {
    std::string from = "panel_creators";
    for (const auto& event : spec_.events) {
      if (!is_used(event)) continue;
      from += fmt::format("\nLEFT JOIN {0} ON {0}.creator = panel_creators.creator", part(event));
    }
    if (!spec_.creators.feature_columns().empty()) {
      from += fmt::format("\nLEFT JOIN {} AS about_creators ON about_creators.{} = panel_creators.creator",
                          sql_name(spec_.creators.table), sql_name(spec_.creators.creator));
    }
    return from;
  }

  const PanelSpec& spec_;
  MomentSeconds start_, end_;
  std::vector<Counted> columns_;
};

}  // namespace

std::string panel_sql(const PanelSpec& spec) {
  return Sql(spec).text();
}

}  // namespace perennial
