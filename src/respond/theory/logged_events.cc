#include "respond/theory/logged_events.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "io/duckdb.h"
#include "io/table_source.h"

namespace perennial {
namespace {

constexpr std::array time_names = {"created_at", "time", "timestamp", "at"};
constexpr std::array engagement_names = {"likes", "comments", "reshares", "clicks"};

std::string engagement_words() {
  return fmt::format("{}", fmt::join(engagement_names, ", "));
}

const ColumnName* find(const std::vector<ColumnName>& columns, std::string_view name) {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

void find_time(LoggedEvents& events, const std::vector<ColumnName>& columns) {
  for (const char* name : time_names) {
    const auto* column = find(columns, name);
    if (!column) continue;
    events.time_is_number = column->kind == ColumnKind::integer || column->kind == ColumnKind::real;
    events.time = events.time_is_number
                      ? fmt::format("CAST({} AS DOUBLE PRECISION)", sql_name(name))
                      : fmt::format("CAST(EXTRACT(EPOCH FROM CAST({} AS TIMESTAMP)) AS DOUBLE PRECISION)",
                                    sql_name(name));
    return;
  }
}

/// "table likes lacks user_id, created_at"; empty when it lacks nothing.
std::string lacking_words(const LoggedTables& tables, const LoggedEvents& events, bool needs_user) {
  std::vector<std::string> lacking;
  if (events.creator.empty() && !tables.joins_posts(events)) lacking.push_back("creator_id");
  if (needs_user && events.user.empty()) lacking.push_back("user_id");
  if (events.time.empty()) lacking.push_back("created_at");
  return lacking.empty() ? "" : fmt::format("table {} lacks {}", events.name, fmt::join(lacking, ", "));
}

void require_one_way_of_time(LoggedTables& tables, const std::string& source) {
  const auto timed = tables.timed();
  if (timed.empty()) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("{}: no event logs there: none of the tables posts, impressions, {} with a "
                            "created_at",
                            source, engagement_words()));
  }
  tables.number_times = timed.front()->time_is_number;
  for (const auto* events : timed) {
    if (events->time_is_number == tables.number_times) continue;
    throw Error(ErrorCode::invalid_data,
                fmt::format("{}: time is a number in one of the tables {} and {}, and none in the other",
                            source, timed.front()->name, events->name));
  }
}

}  // namespace

std::optional<LoggedEvents> find_events(TableSource& source, const std::string& name) {
  const auto tables = source.tables();
  if (std::find(tables.begin(), tables.end(), name) == tables.end()) return std::nullopt;
  const auto columns = source.columns_of("SELECT * FROM " + sql_name(name));
  const auto quoted = [&](const char* column) {
    return find(columns, column) ? sql_name(column) : std::string();
  };
  LoggedEvents events{.name = name,
                      .post = quoted("post_id"),
                      .creator = quoted("creator_id"),
                      .user = quoted("user_id"),
                      .time = {}};
  find_time(events, columns);
  return events;
}

LoggedTables find_logged_tables(TableSource& source) {
  LoggedTables tables;
  tables.posts = find_events(source, "posts");
  tables.impressions = find_events(source, "impressions");
  for (const char* name : engagement_names) {
    auto events = find_events(source, name);
    if (!events) continue;
    const auto lacking = lacking_words(tables, *events, true);
    if (lacking.empty()) {
      tables.engagement.push_back(std::move(*events));
    } else {
      tables.left_out.push_back(lacking + " and is left out");
    }
  }
  require_one_way_of_time(tables, source.name());
  return tables;
}

std::vector<const LoggedEvents*> LoggedTables::timed() const {
  std::vector<const LoggedEvents*> all;
  if (posts && !posts->time.empty()) all.push_back(&*posts);
  if (impressions && !impressions->time.empty()) all.push_back(&*impressions);
  for (const auto& events : engagement) all.push_back(&events);
  return all;
}

std::string LoggedTables::lacks_for_users() const {
  if (!engagement.empty()) return "";
  return left_out.empty() ? fmt::format("there is no table {}", engagement_words())
                          : fmt::format("no engagement can be used: {}", fmt::join(left_out, "; "));
}

std::string LoggedTables::lacks_for_creators() const {
  if (!posts) return "there is no table posts";
  if (posts->creator.empty() || posts->time.empty()) return lacking_words(*this, *posts, false);
  return lacks_for_users();
}

std::string LoggedTables::lacks_for_impressions() const {
  if (const auto lacking = lacks_for_creators(); !lacking.empty()) return lacking;
  if (!impressions) return "there is no table impressions";
  return lacking_words(*this, *impressions, false);
}

bool LoggedTables::joins_posts(const LoggedEvents& events) const {
  return posts && events.name != "posts" && !posts->post.empty() && !posts->creator.empty() &&
         !events.post.empty();
}

}  // namespace perennial
