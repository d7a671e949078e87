#pragma once

#include <optional>
#include <string>

#include "respond/theory/creator_periods.h"
#include "respond/theory/diagnosis.h"
#include "respond/theory/logged_events.h"

namespace perennial {

class TableSource;

/// A platform's event logs, cut into periods. All questions are answered where the logs are; what comes here is one row per
/// creator or user and period, at most.
class EventLogs {
 public:
  /// `period`: in seconds where times are timestamps, else in their own unit; 0: a week, for timestamps only. The last period
  /// counts when nine tenths of it are covered. Throws Error(invalid_data) for logs without events, and for fewer than two periods.
  EventLogs(TableSource& source, double period);

  const LoggedTables& tables() const { return tables_; }
  std::size_t periods() const { return periods_; }
  double period_length() const { return period_; }

  // Each needs that nothing is lacking for it, see LoggedTables. A lost connection throws Error(io).

  std::optional<Discounting> discounting(double gamma);
  /// Impressions are 0 where they are lacking.
  CreatorPeriods creator_periods();
  std::optional<Spillover> spillover();

 private:
  void find_span();
  std::string period_of(const std::string& time) const;
  std::string within(const std::string& time) const;
  std::string events_sql(const LoggedEvents& events, bool with_posts) const;
  std::string engagement_sql(bool with_posts) const;

  TableSource& source_;
  LoggedTables tables_;
  double period_ = 0;
  double start_ = 0;
  std::size_t periods_ = 0;
};

}  // namespace perennial
