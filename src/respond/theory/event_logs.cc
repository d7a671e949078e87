#include "respond/theory/event_logs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cmath>

#include "base/error.h"
#include "io/table_source.h"
#include "respond/theory/event_tables.h"

namespace perennial {
namespace {

constexpr double week_seconds = 7 * 24 * 3600.0;
constexpr std::array engagement_names = {"likes", "comments", "reshares", "clicks"};
// A period counts when nine tenths of it are covered: the last event comes a little before the log's end.
constexpr double least_cover = .9;

[[noreturn]] void refuse(const TableSource& source, const std::string& sentence) {
  throw Error(ErrorCode::invalid_data, fmt::format("{}: {}", source.name(), sentence));
}

std::string lacking_words(const EventTable& table) {
  return fmt::format("table {} lacks {}", table.name, fmt::join(table.lacking, ", "));
}

}  // namespace

EventLogs::EventLogs(TableSource& source, double period) : source_(source), period_(period) {
  find_tables();
  if (period_ == 0 && number_times_) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: times are numbers; say in their unit how long a period is (--period)",
                            source.name()));
  }
  if (period_ == 0) period_ = week_seconds;
  find_span();
}

void EventLogs::find_tables() {
  posts_ = find_event_table(source_, "posts");
  impressions_ = find_event_table(source_, "impressions");
  for (const char* name : engagement_names) {
    auto table = find_event_table(source_, name);
    if (!table) continue;
    if (table->lacking.empty()) {
      engagement_.push_back(std::move(*table));
    } else {
      warnings_.push_back(lacking_words(*table) + " and is left out");
    }
  }
  std::optional<bool> number;
  const auto agree = [&](const EventTable& table) {
    if (table.time.empty()) return;
    if (number && *number != table.time_is_number)
      refuse(source_, fmt::format("table {} counts time in another way than the others", table.name));
    number = table.time_is_number;
  };
  if (posts_) agree(*posts_);
  if (impressions_) agree(*impressions_);
  for (const auto& table : engagement_) agree(table);
  if (!number) {
    refuse(source_, fmt::format("no table posts, impressions, {} with a time there",
                                fmt::join(engagement_names, ", ")));
  }
  number_times_ = *number;
}

void EventLogs::find_span() {
  std::vector<std::string> spans;
  const auto add = [&](const EventTable& table) {
    if (!table.time.empty()) {
      spans.push_back(fmt::format("SELECT MIN({0}) AS first_time, MAX({0}) AS last_time FROM \"{1}\"",
                                  table.time, table.name));
    }
  };
  if (posts_) add(*posts_);
  if (impressions_) add(*impressions_);
  for (const auto& table : engagement_) add(table);
  double end = std::nan("");
  start_ = std::nan("");
  source_.stream(fmt::format("SELECT MIN(first_time) AS first_time, MAX(last_time) AS last_time FROM ({}) s",
                             fmt::join(spans, " UNION ALL ")),
                 [&](const Table& piece) {
                   if (piece.rows() == 0) return;
                   start_ = piece.reals("first_time").front();
                   end = piece.reals("last_time").front();
                 });
  if (std::isnan(start_)) refuse(source_, "the logs hold no events");
  const double span = end - start_ + (number_times_ ? 1 : 0);
  const double periods = std::floor(span / period_ + 1 - least_cover);
  if (periods < 2) {
    refuse(source_,
           fmt::format("the events cover {:.3g} periods; every condition compares a period with a later "
                       "one: a shorter --period or a longer log is needed",
                       span / period_));
  }
  if (periods > 10000)
    refuse(source_, fmt::format("{:.0f} periods are too many; take a longer --period", periods));
  periods_ = static_cast<std::size_t>(periods);
}

std::string EventLogs::period_of(const std::string& time) const {
  return fmt::format("CAST(FLOOR(({} - {:.17g}) / {:.17g}) AS INTEGER)", time, start_, period_);
}

std::string EventLogs::within(const std::string& time) const {
  return fmt::format("{} < {:.17g}", time, start_ + static_cast<double>(periods_) * period_);
}

std::string EventLogs::lacks_for_users() const {
  return engagement_.empty() ? fmt::format("no table of {} with post_id, user_id and a time",
                                           fmt::join(engagement_names, ", "))
                             : "";
}

std::string EventLogs::lacks_for_creators() const {
  if (!posts_) return "no table posts";
  if (!posts_->lacking.empty()) return lacking_words(*posts_);
  return lacks_for_users();
}

std::string EventLogs::lacks_for_impressions() const {
  if (!lacks_for_creators().empty()) return lacks_for_creators();
  if (!impressions_) return "no table impressions";
  if (impressions_->post.empty() || impressions_->time.empty()) return lacking_words(*impressions_);
  return "";
}

}  // namespace perennial
