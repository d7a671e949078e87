#pragma once

#include <optional>
#include <string>
#include <vector>

namespace perennial {

class TableSource;

/// One table of events as SQL sees it; empty where a column lacks.
struct LoggedEvents {
  std::string name;
  std::string post, creator, user;  ///< quoted column names: post_id, creator_id, user_id
  std::string time;                 ///< an SQL expression: seconds, or the unit of a column of numbers
  bool time_is_number = false;
};

/// Looks a table's columns up. Nothing where the source has no such table.
std::optional<LoggedEvents> find_events(TableSource& source, const std::string& name);

/// The event logs of a platform, as far as they are there: `posts` (creator_id, created_at), `impressions` and any of
/// `likes`, `comments`, `reshares`, `clicks` (creator_id, user_id, created_at). Where both posts and an event table have post_id, that may
/// stand instead of the creator_id there. A time may also be called time, timestamp or at, and hold numbers.
struct LoggedTables {
  std::optional<LoggedEvents> posts, impressions;
  std::vector<LoggedEvents> engagement;  ///< only those that have all their columns
  std::vector<std::string> left_out;     ///< sentences: which of the others lack what
  bool number_times = false;

  /// Those with a time.
  std::vector<const LoggedEvents*> timed() const;

  // What they lack for a question, in words; empty: nothing.
  std::string lacks_for_users() const;
  std::string lacks_for_creators() const;
  std::string lacks_for_impressions() const;

  /// Do both have post_id?
  bool joins_posts(const LoggedEvents& events) const;
};

/// Throws Error(invalid_data) where no table has a time, or tables count it differently.
LoggedTables find_logged_tables(TableSource& source);

}  // namespace perennial
