#include "respond/theory/event_logs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "io/duckdb.h"
#include "io/table_source.h"
#include "respond/theory/discounting.h"
#include "respond/theory/ratio_sums.h"

namespace perennial {
namespace {

constexpr double week_seconds = 7 * 24 * 3600.0;
constexpr double least_cover = .9;
constexpr double most_periods = 10000;

/// True for one half of the users, by the first digit of a hash that both engines have.
constexpr const char* chooses = "SUBSTR(MD5(user_key), 1, 1) < '8'";

[[noreturn]] void refuse(const TableSource& source, const std::string& sentence) {
  throw Error(ErrorCode::invalid_data, fmt::format("{}: {}", source.name(), sentence));
}

}  // namespace

EventLogs::EventLogs(TableSource& source, double period)
    : source_(source), tables_(find_logged_tables(source)), period_(period) {
  if (period_ == 0 && tables_.number_times) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("{}: times are numbers; say with --period how many of them a period is", source.name()));
  }
  if (period_ == 0) period_ = week_seconds;
  find_span();
}

void EventLogs::find_span() {
  std::vector<std::string> spans;
  for (const auto* events : tables_.timed()) {
    spans.push_back(fmt::format("SELECT MIN({0}) AS first_time, MAX({0}) AS last_time FROM {1}", events->time,
                                sql_name(events->name)));
  }
  double end = std::nan("");
  start_ = std::nan("");
  source_.stream(
      fmt::format("SELECT MIN(first_time) AS first_time, MAX(last_time) AS last_time FROM ({}) spans",
                  fmt::join(spans, " UNION ALL ")),
      [&](const Table& piece) {
        if (piece.rows() == 0) return;
        start_ = piece.reals("first_time").front();
        end = piece.reals("last_time").front();
      });
  if (std::isnan(start_)) refuse(source_, "the logs hold no events");
  const double covered = (end - start_ + (tables_.number_times ? 1 : 0)) / period_;
  const double periods = std::floor(covered + 1 - least_cover);
  if (periods < 2) {
    refuse(source_,
           fmt::format("the events cover {:.2g} periods; every condition compares a period with a later one: "
                       "it takes a shorter --period or a longer log",
                       covered));
  }
  if (periods > most_periods) refuse(source_, fmt::format("{:.0f} periods; take a longer --period", periods));
  periods_ = static_cast<std::size_t>(periods);
}

std::string EventLogs::period_of(const std::string& time) const {
  return fmt::format("FLOOR(({} - {:.17g}) / {:.17g})", time, start_, period_);
}

std::string EventLogs::within(const std::string& time) const {
  return fmt::format("{} < {:.17g}", time, start_ + static_cast<double>(periods_) * period_);
}

/// creator_key, user_key, event_time, made of each event. `with_posts`: `made` is when the post was made, where post_id tells;
/// else when the event's period began.
std::string EventLogs::events_sql(const LoggedEvents& events, bool with_posts) const {
  const auto text = [](const std::string& column) { return fmt::format("CAST({} AS VARCHAR)", column); };
  const auto user = events.user.empty() ? "''" : text(events.user);
  const auto condition =
      within(events.time) + (events.user.empty() ? "" : fmt::format(" AND {} IS NOT NULL", events.user));
  if (tables_.joins_posts(events) && (with_posts || events.creator.empty())) {
    return fmt::format(
        "SELECT p.creator_key, e.user_key, e.event_time, p.made FROM (SELECT {0} AS post_key, {1} AS "
        "user_key, {2} "
        "AS event_time FROM {3} WHERE {4}) e JOIN (SELECT {5} AS post_key, {6} AS creator_key, {7} AS made "
        "FROM "
        "\"posts\" WHERE {8} IS NOT NULL) p ON p.post_key = e.post_key",
        events.post, user, events.time, sql_name(events.name), condition, tables_.posts->post,
        text(tables_.posts->creator), tables_.posts->time, tables_.posts->creator);
  }
  return fmt::format(
      "SELECT {0} AS creator_key, {1} AS user_key, {2} AS event_time, {3:.17g} + {4:.17g} * {5} AS made FROM "
      "{6} "
      "WHERE {7} AND {8} IS NOT NULL",
      text(events.creator), user, events.time, start_, period_, period_of(events.time), sql_name(events.name),
      condition, events.creator);
}

std::string EventLogs::engagement_sql(bool with_posts) const {
  std::vector<std::string> all;
  for (const auto& events : tables_.engagement) all.push_back(events_sql(events, with_posts));
  return fmt::format("{}", fmt::join(all, " UNION ALL "));
}

std::optional<Discounting> EventLogs::discounting(double gamma) {
  std::vector<std::string> all;
  const auto add = [&](const LoggedEvents& events, int engagement) {
    all.push_back(fmt::format(
        "SELECT CAST({0} AS VARCHAR) AS user_key, {1} AS period, {2} AS engagement FROM {3} "
        "WHERE {4} AND {0} IS NOT NULL",
        events.user, period_of(events.time), engagement, sql_name(events.name), within(events.time)));
  };
  for (const auto& events : tables_.engagement) add(events, 1);
  const auto& seen = tables_.impressions;
  if (seen && !seen->user.empty() && !seen->time.empty()) add(*seen, 0);
  const auto query = fmt::format(
      "SELECT user_key, CAST(period AS BIGINT) AS period, CAST(SUM(engagement) AS DOUBLE PRECISION) AS "
      "engagement "
      "FROM ({}) events GROUP BY user_key, period ORDER BY user_key",
      fmt::join(all, " UNION ALL "));

  DiscountingEstimator estimator(periods_, gamma);
  std::vector<std::uint8_t> active(periods_);
  std::vector<double> engagement(periods_);
  std::optional<std::string> user;
  const auto close = [&] {
    if (user) estimator.add(active, engagement);
    std::fill(active.begin(), active.end(), std::uint8_t{0});
    std::fill(engagement.begin(), engagement.end(), 0.0);
  };
  source_.stream(query, [&](const Table& piece) {
    const auto& users = piece.texts("user_key");
    for (std::size_t i = 0; i < piece.rows(); ++i) {
      if (user != users[i]) close();
      user = users[i];
      const auto t = static_cast<std::size_t>(piece.integers("period")[i]);
      active[t] = 1;
      engagement[t] = piece.reals("engagement")[i];
    }
  });
  close();
  return estimator.result();
}

CreatorPeriods EventLogs::creator_periods() {
  std::vector<std::string> all;
  const auto add = [&](const std::string& events, const char* counts) {
    all.push_back(fmt::format("SELECT creator_key, {} AS period, {} FROM ({}) events GROUP BY 1, 2",
                              period_of("event_time"), counts, events));
  };
  add(events_sql(*tables_.posts, false), "COUNT(*) AS posts, 0 AS impressions, 0 AS chosen, 0 AS measured");
  if (tables_.lacks_for_impressions().empty())
    add(events_sql(*tables_.impressions, false), "0, COUNT(*), 0, 0");
  const auto halves = fmt::format(
      "0, 0, SUM(CASE WHEN {0} THEN 1 ELSE 0 END), SUM(CASE WHEN {0} THEN 0 ELSE 1 END)", chooses);
  add(engagement_sql(false), halves.c_str());
  const auto query = fmt::format(
      "SELECT creator_key, CAST(period AS BIGINT) AS period, CAST(SUM(posts) AS DOUBLE PRECISION) AS posts, "
      "CAST(SUM(impressions) AS DOUBLE PRECISION) AS impressions, CAST(SUM(chosen) AS DOUBLE PRECISION) AS "
      "chosen, "
      "CAST(SUM(measured) AS DOUBLE PRECISION) AS measured FROM ({}) counts GROUP BY creator_key, period "
      "ORDER BY creator_key",
      fmt::join(all, " UNION ALL "));

  CreatorPeriods logs{.periods = periods_, .counts = {}};
  std::optional<std::string> creator;
  source_.stream(query, [&](const Table& piece) {
    const auto& creators = piece.texts("creator_key");
    for (std::size_t i = 0; i < piece.rows(); ++i) {
      if (creator != creators[i]) logs.counts.resize(logs.counts.size() + periods_);
      creator = creators[i];
      const auto t = static_cast<std::size_t>(piece.integers("period")[i]);
      logs.counts[logs.counts.size() - periods_ + t] = {piece.reals("posts")[i],
                                                        piece.reals("impressions")[i],
                                                        piece.reals("chosen")[i], piece.reals("measured")[i]};
    }
  });
  return logs;
}

std::optional<Spillover> EventLogs::spillover() {
  const auto periods_before = (periods_ + 1) / 2;  // whole ones
  const double middle = start_ + static_cast<double>(periods_before) * period_;
  const auto query = fmt::format(
      "WITH engaged AS ({}), "
      "beginnings AS (SELECT creator_key, user_key, MIN(event_time) AS begun FROM engaged GROUP BY 1, 2), "
      "earliest AS (SELECT creator_key, MIN(begun) AS begun FROM beginnings GROUP BY 1) "
      "SELECT e.creator_key, CAST(COUNT(*) AS DOUBLE PRECISION) AS everybody, "
      "CAST(SUM(CASE WHEN b.begun >= e.made THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS others FROM engaged e "
      "JOIN beginnings b ON b.creator_key = e.creator_key AND b.user_key = e.user_key "
      "JOIN earliest f ON f.creator_key = e.creator_key "
      "WHERE e.made >= {:.17g} AND f.begun < e.made GROUP BY e.creator_key ORDER BY e.creator_key",
      engagement_sql(true), middle);
  RatioSums others;
  source_.stream(query, [&](const Table& piece) {
    for (std::size_t i = 0; i < piece.rows(); ++i)
      others.add(piece.reals("others")[i], piece.reals("everybody")[i]);
  });
  if (!others.defined()) return std::nullopt;
  return Spillover{others.share(), others.units, others.denominator};
}

}  // namespace perennial
