#include "respond/panel/panel.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/names.h"
#include "io/duckdb.h"
#include "io/table_source.h"
#include "respond/panel/panel_sql.h"

namespace perennial {
namespace {

void append(Table& to, const Table& piece) {
  if (to.columns.empty()) {
    to = piece;
    return;
  }
  for (std::size_t c = 0; c < to.columns.size(); ++c) {
    std::visit(
        [&](auto& values) {
          const auto& more = std::get<std::decay_t<decltype(values)>>(piece.columns[c].values);
          values.insert(values.end(), more.begin(), more.end());
        },
        to.columns[c].values);
  }
}

void sort_by_creator(Table& table) {
  const auto& ids = table.texts("creator_id");
  std::vector<std::uint32_t> order(table.rows());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
  for (auto& column : table.columns) {
    std::visit(
        [&](auto& values) {
          std::decay_t<decltype(values)> sorted;
          sorted.reserve(values.size());
          for (const auto row : order) sorted.push_back(std::move(values[row]));
          values = std::move(sorted);
        },
        column.values);
  }
}

void require_one_row_each(const Table& table, const PanelSpec& spec) {
  const auto& ids = table.texts("creator_id");
  const auto& listed = spec.assignment.table.empty() ? spec.creators.table : spec.assignment.table;
  if (!ids.empty() && ids.front().empty())
    throw Error(ErrorCode::invalid_data, fmt::format("table '{}' has a row without a creator", listed));
  const auto twice = std::ranges::adjacent_find(ids);
  if (twice == ids.end()) return;
  const auto& about = spec.creators.table;
  throw Error(ErrorCode::invalid_data,
              fmt::format("creator '{}' stands twice in table '{}'{}", *twice, listed,
                          about.empty() || about == listed ? "" : fmt::format(" or '{}'", about)));
}

class Maker {
 public:
  Maker(TableSource& source, PanelSpec spec) : source_(source) {
    panel_.source = source.name();
    panel_.spec = std::move(spec);
  }

  Panel make() {
    tables_ = source_.tables();
    fill_panel_spec(panel_.spec, tables_);
    check_panel_spec(panel_.spec);
    check_tables();
    panel_.sql = panel_sql(panel_.spec);
    for (const auto& event : panel_.spec.events) look_at_times(event);
    source_.stream(whole_numbers_without_gaps(), [&](const Table& piece) { append(panel_.table, piece); });
    if (panel_.table.rows() == 0)
      throw Error(ErrorCode::invalid_data, "no creators: nobody has an event before the experiment's start");
    sort_by_creator(panel_.table);
    require_one_row_each(panel_.table, panel_.spec);
    return std::move(panel_);
  }

 private:
  /// Columns taken as they are from the creators table may have gaps.
  std::string whole_numbers_without_gaps() {
    std::string list;
    const auto own = panel_.spec.creators.feature_columns();
    for (const auto& column : source_.columns_of(panel_.sql)) {
      const auto name = sql_name(column.name);
      const bool gaps = std::ranges::find(own, column.name) != own.end();
      auto chosen = name;
      if (gaps && column.kind == ColumnKind::integer)
        chosen = fmt::format("CAST({0} AS DOUBLE PRECISION) AS {0}", name);
      if (gaps && column.kind == ColumnKind::boolean) {
        chosen = fmt::format("CAST(CASE WHEN {0} THEN 1 WHEN NOT {0} THEN 0 END AS DOUBLE PRECISION) AS {0}",
                             name);
      }
      list += (list.empty() ? "" : ", ") + chosen;
    }
    return fmt::format("SELECT {} FROM (\n{}) AS panel", list, panel_.sql);
  }

  void require_table(const std::string& table, const std::string& what,
                     const std::vector<std::string>& wanted) {
    if (std::ranges::find(tables_, table) == tables_.end()) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("{}: no table '{}'{}", what, table, name_hint(table, tables_)));
    }
    std::vector<std::string> names;
    for (const auto& column : source_.columns_of("SELECT * FROM " + sql_name(table))) {
      names.push_back(column.name);
    }
    for (const auto& name : wanted) {
      if (name.empty() || std::ranges::find(names, name) != names.end()) continue;
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("table '{}' has no column '{}'{}; {} in --spec says what it is called", table,
                              name, name_hint(name, names), what));
    }
  }

  void check_tables() {
    const auto& spec = panel_.spec;
    for (const auto& event : spec.events) {
      std::vector<std::string> wanted = {event.creator, event.time};
      const auto add = [&](const Measured& measured) {
        if (measured.event != event.name) return;
        if (measured.measure == "users") wanted.push_back(event.user);
        if (measured.measure == "sum") wanted.push_back(measured.value);
      };
      for (const auto& outcome : spec.outcomes) add(outcome);
      for (const auto& feature : spec.features) add(feature);
      require_table(event.table_name(), fmt::format("[events.{}]", event.name), wanted);
    }
    if (const auto& table = spec.assignment; !table.table.empty()) {
      require_table(table.table, "[assignment]", {table.creator, table.arm, table.cluster});
    }
    if (const auto& table = spec.creators; !table.table.empty()) {
      auto wanted = table.feature_columns();
      wanted.insert(wanted.end(), {table.creator, table.joined});
      require_table(table.table, "[creators]", wanted);
    }
  }

  void look_at_times(const EventTable& event) {
    const auto& spec = panel_.spec;
    const auto time = sql_name(event.time), table = sql_name(event.table_name());
    const auto kind = source_.columns_of(fmt::format("SELECT {} FROM {}", time, table)).front().kind;
    if (kind != ColumnKind::text) {
      throw Error(ErrorCode::invalid_data,
                  fmt::format("table '{}': column '{}' holds numbers, not times; make it a timestamp, as "
                              "to_timestamp({}) in a view",
                              event.table_name(), event.time, event.time));
    }
    source_.stream(fmt::format("SELECT CAST(CAST(min({0}) AS TIMESTAMP) AS VARCHAR) AS first, "
                               "CAST(CAST(max({0}) AS TIMESTAMP) AS VARCHAR) AS last FROM {1}",
                               time, table),
                   [&](const Table& range) {
                     warn_of_times(event, spec, range.texts("first")[0], range.texts("last")[0]);
                   });
  }

  /// Texts of times sort as times.
  void warn_of_times(const EventTable& event, const PanelSpec& spec, const std::string& first,
                     const std::string& last) {
    if (first.empty()) {
      panel_.warnings.push_back(fmt::format("table '{}' has no events", event.table_name()));
      return;
    }
    if (const auto end = moment_text(spec.end_moment() - 86400); last < end) {
      panel_.warnings.push_back(
          fmt::format("{} end at {}, before the experiment's end {}: outcomes are "
                      "incomplete",
                      event.name, last, moment_text(spec.end_moment())));
    }
    std::vector<std::string> early;
    for (const auto& feature : spec.features) {
      const auto from = spec.start_moment() + feature.from_days * 86400;
      if (feature.event == event.name && feature.from_days > -ever_days &&
          moment_text(from + 86400) < first) {
        early.push_back(feature.name);
      }
    }
    if (early.empty()) return;
    panel_.warnings.push_back(
        fmt::format("{} begin at {}, after the windows of {} do", event.name, first, fmt::join(early, ", ")));
  }

  TableSource& source_;
  Panel panel_;
  std::vector<std::string> tables_;
};

}  // namespace

Panel make_panel(TableSource& source, PanelSpec spec) {
  return Maker(source, std::move(spec)).make();
}

}  // namespace perennial
