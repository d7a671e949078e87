// What is asked of event logs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "io/table_source.h"
#include "respond/theory/event_logs.h"
#include "respond/theory/ratio_sums.h"

namespace perennial {
namespace {

/// True for one half of the users, by the first digit of a hash that both engines have.
std::string chooses(const std::string& user) {
  return fmt::format("SUBSTR(MD5(CAST({} AS VARCHAR)), 1, 1) < '8'", user);
}

}  // namespace

/// All kinds of engagement as one table: post_key, user_key, event_time.
std::string EventLogs::all_engagement() const {
  std::vector<std::string> tables;
  for (const auto& table : engagement_) {
    tables.push_back(fmt::format(
        "SELECT {0} AS post_key, CAST({1} AS VARCHAR) AS user_key, {2} AS event_time FROM \"{3}\" "
        "WHERE {0} IS NOT NULL AND {1} IS NOT NULL AND {4}",
        table.post, table.user, table.time, table.name, within(table.time)));
  }
  return fmt::format("{}", fmt::join(tables, " UNION ALL "));
}

std::optional<Discounting> EventLogs::discounting(double gamma) {
  std::string events = fmt::format("SELECT user_key, {} AS period, 1 AS engagement FROM ({}) e",
                                   period_of("event_time"), all_engagement());
  if (impressions_ && !impressions_->user.empty() && !impressions_->time.empty()) {
    events += fmt::format(
        " UNION ALL SELECT CAST({0} AS VARCHAR), {1}, 0 FROM \"impressions\" WHERE {0} IS NOT NULL AND {2}",
        impressions_->user, period_of(impressions_->time), within(impressions_->time));
  }
  DiscountingEstimator estimator(periods_, gamma);
  std::vector<std::uint8_t> active(periods_);
  std::vector<double> engagement(periods_);
  std::string user;
  bool first = true;
  const auto close = [&] {
    if (!first) estimator.add(active, engagement);
    std::fill(active.begin(), active.end(), std::uint8_t{0});
    std::fill(engagement.begin(), engagement.end(), 0.0);
    first = false;
  };
  source_.stream(fmt::format("SELECT user_key, CAST(period AS BIGINT) AS period, CAST(SUM(engagement) AS "
                             "DOUBLE PRECISION) AS engagement "
                             "FROM ({}) a GROUP BY user_key, period ORDER BY user_key",
                             events),
                 [&](const Table& piece) {
                   const auto& users = piece.texts("user_key");
                   for (std::size_t i = 0; i < piece.rows(); ++i) {
                     if (first || users[i] != user) close();
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
  const std::string posts = fmt::format(
      "SELECT {0} AS post_key, CAST({1} AS VARCHAR) AS creator_key, {2} AS made FROM \"posts\" WHERE {0} IS "
      "NOT NULL AND {1} IS NOT "
      "NULL AND {3}",
      posts_->post, posts_->creator, posts_->time, within(posts_->time));
  std::string events = fmt::format(
      "SELECT creator_key, {} AS period, 1 AS posts, 0 AS impressions, 0 AS chosen, 0 AS measured "
      "FROM made_posts",
      period_of("made"));
  if (lacks_for_impressions().empty()) {
    events += fmt::format(
        " UNION ALL SELECT p.creator_key, i.period, 0, i.n, 0, 0 FROM (SELECT {0} AS post_key, {1} AS "
        "period, COUNT(*) AS n "
        "FROM \"impressions\" WHERE {2} GROUP BY 1, 2) i JOIN made_posts p ON p.post_key = i.post_key",
        impressions_->post, period_of(impressions_->time), within(impressions_->time));
  }
  events += fmt::format(
      " UNION ALL SELECT p.creator_key, e.period, 0, 0, e.chosen, e.measured FROM (SELECT post_key, {0} AS "
      "period, "
      "SUM(CASE WHEN {1} THEN 1 ELSE 0 END) AS chosen, SUM(CASE WHEN {1} THEN 0 ELSE 1 END) AS measured "
      "FROM ({2}) a GROUP BY 1, 2) e JOIN made_posts p ON p.post_key = e.post_key",
      period_of("event_time"), chooses("user_key"), all_engagement());
  const std::string query = fmt::format(
      "WITH made_posts AS ({}) SELECT creator_key, CAST(period AS BIGINT) AS period, CAST(SUM(posts) AS "
      "DOUBLE PRECISION) AS posts, "
      "CAST(SUM(impressions) AS DOUBLE PRECISION) AS impressions, CAST(SUM(chosen) AS DOUBLE PRECISION) AS "
      "chosen, "
      "CAST(SUM(measured) AS DOUBLE PRECISION) AS measured FROM ({}) a GROUP BY creator_key, period ORDER BY "
      "creator_key, period",
      posts, events);
  CreatorPeriods logs{.periods = periods_, .counts = {}};
  std::string creator;
  source_.stream(query, [&](const Table& piece) {
    const auto& creators = piece.texts("creator_key");
    for (std::size_t i = 0; i < piece.rows(); ++i) {
      if (logs.counts.empty() || creators[i] != creator) logs.counts.resize(logs.counts.size() + periods_);
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
  const double middle = start_ + static_cast<double>(periods_) * period_ / 2;
  const std::string query = fmt::format(
      "WITH engaged AS (SELECT CAST(p.{0} AS VARCHAR) AS creator_key, e.user_key, e.event_time, {1} AS made "
      "FROM "
      "({2}) e JOIN \"posts\" p ON p.{3} = e.post_key WHERE p.{0} IS NOT NULL), "
      "beginnings AS (SELECT creator_key, user_key, MIN(event_time) AS begun FROM engaged GROUP BY 1, 2), "
      "earliest AS (SELECT creator_key, MIN(begun) AS begun FROM beginnings GROUP BY 1) "
      "SELECT e.creator_key, CAST(COUNT(*) AS DOUBLE PRECISION) AS everybody, "
      "CAST(SUM(CASE WHEN b.begun >= e.made THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS others FROM engaged e "
      "JOIN beginnings b ON b.creator_key = e.creator_key AND b.user_key = e.user_key "
      "JOIN earliest f ON f.creator_key = e.creator_key "
      "WHERE e.made >= {4:.17g} AND f.begun < e.made GROUP BY e.creator_key ORDER BY e.creator_key",
      posts_->creator, posts_->time, all_engagement(), posts_->post, middle);
  RatioSums others;
  source_.stream(query, [&](const Table& piece) {
    for (std::size_t i = 0; i < piece.rows(); ++i)
      others.add(piece.reals("others")[i], piece.reals("everybody")[i]);
  });
  if (!others.defined()) return std::nullopt;
  return Spillover{others.share(), others.units, others.denominator};
}

}  // namespace perennial
