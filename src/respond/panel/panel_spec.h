#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"
#include "respond/panel/moment.h"

namespace perennial {

/// A table of events: who made something, or whose item was seen, liked, ..; when; and by whom.
struct EventTable {
  std::string name;   ///< what features call it: "likes"
  std::string table;  ///< in the source; empty: the name
  std::string creator = "creator_id";
  std::string user = "user_id";     ///< only for features that count users
  std::string time = "created_at";  ///< timestamp or date; with a zone it counts in UTC

  Fields fields();  ///< all but the name
  const std::string& table_name() const { return table.empty() ? name : table; }
};

/// What is counted of a creator's events in a window.
struct Measured {
  std::string name;   ///< of the panel's column
  std::string event;  ///< EventTable's name
  std::string measure = "count";
  std::string value;  ///< column that `sum` adds up
  std::string help;

  Fields fields();
};

/// Something known before the experiment. Days count from the start: -28 to 0 are the four weeks before it.
struct PanelFeature : Measured {
  std::int64_t from_days = -28;
  std::int64_t to_days = 0;

  Fields fields();
};

/// Something counted from the start to the end; `before` adds NAME_before, the same over as long a time before the start.
struct PanelOutcome : Measured {
  bool before = true;

  Fields fields();
};

/// A table with one row per creator, not per event: its arm, or what else is known of it.
struct CreatorsTable {
  std::string table;  ///< empty: none
  std::string creator = "creator_id";
  std::string arm = "arm";  ///< assignment only
  std::string cluster;      ///< assignment only; empty: none
  std::string features;     ///< creators only: columns, with commas between, known before the start
  std::string joined;       ///< creators only: timestamp; who joined at the start or later is left out

  Fields assignment_fields();
  Fields creators_fields();
  std::vector<std::string> feature_columns() const;
};

/// What a panel is made of. The measures: count (events), users (different users), days (days with an event), sum (of
/// `value`), recency_days (from the last event to the window's end), age_days (from the first event to the window's end).
struct PanelSpec {
  std::string start, end;  ///< of the experiment; the end is not part of it
  CreatorsTable assignment, creators;
  std::vector<EventTable> events;
  std::vector<PanelFeature> features;
  std::vector<PanelOutcome> outcomes;

  MomentSeconds start_moment() const { return parse_moment("start", start); }
  MomentSeconds end_moment() const { return parse_moment("end", end); }
  const EventTable& event(const std::string& name) const;  ///< Error(invalid_argument) with the nearest name
};

/// How far back "ever" reaches, in days.
inline constexpr std::int64_t ever_days = 36500;

/// The usual event tables: posts, impressions, likes, comments, follows.
std::vector<EventTable> usual_events();

/// Fills what the spec leaves open, by what the source has: the event tables among the usual ones, the tables `assignment`
/// and `creators`, features of every event table over 7, 28 and the 28 days before those, outcomes of every event table.
void fill_panel_spec(PanelSpec& spec, const std::vector<std::string>& tables);

/// Throws Error(invalid_argument) naming the feature or outcome: a window that looks past the experiment's start, two of
/// one name, a measure without its column, an unknown event table, an end that does not follow the start.
void check_panel_spec(const PanelSpec& spec);

}  // namespace perennial
