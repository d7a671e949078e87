#pragma once

#include <optional>
#include <string>
#include <vector>

#include "respond/theory/creator_periods.h"
#include "respond/theory/discounting.h"

namespace perennial {

class TableSource;

/// One table of events as SQL sees it; empty where a column lacks.
struct EventTable {
  std::string name;
  std::string post, creator, user;  ///< quoted column names
  std::string time;                 ///< an SQL expression: seconds, or the unit of a column of numbers
  bool time_is_number = false;
  std::vector<std::string> lacking;  ///< of the columns its kind of table should have
};

/// A platform's event logs, cut into periods. Tables `posts` (post_id, creator_id, time), `impressions` and any of `likes`,
/// `comments`, `reshares`, `clicks` (post_id, user_id, time); a time column may also be called timestamp, created_at or at, and hold numbers.
/// All questions are answered in the database; what comes here is a row per creator or user and period, at most.
class EventLogs {
 public:
  /// `period`: in seconds where times are timestamps, else in their own unit; 0: a week, for timestamps only. Throws
  /// Error(invalid_data) for logs without any event or time, for times of different kinds, and for fewer than two whole periods.
  EventLogs(TableSource& source, double period);

  std::size_t periods() const { return periods_; }
  double period_length() const { return period_; }
  bool in_seconds() const { return !number_times_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

  /// What the logs lack for a question, as the end of a sentence; empty: nothing.
  std::string lacks_for_users() const;
  std::string lacks_for_creators() const;
  std::string lacks_for_impressions() const;

  /// Each needs that its `lacks_for_` is empty. Throws Error(io) when the connection is lost.
  std::optional<Discounting> discounting(double gamma);
  CreatorPeriods creator_periods();
  std::optional<Spillover> spillover();

 private:
  void find_tables();
  void find_span();
  std::string period_of(const std::string& time) const;
  std::string within(const std::string& time) const;
  std::string all_engagement() const;

  TableSource& source_;
  std::optional<EventTable> posts_, impressions_;
  std::vector<EventTable> engagement_;
  std::vector<std::string> warnings_;
  bool number_times_ = false;
  double period_ = 0;
  double start_ = 0;
  std::size_t periods_ = 0;
};

}  // namespace perennial
