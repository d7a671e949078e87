#include "io/table_source.h"
#include "respond/theory/content_gap.h"
#include "respond/theory/diagnose.h"
#include "respond/theory/event_logs.h"
#include "respond/theory/within_creators.h"

namespace perennial {
namespace {

void ask_users(Diagnosis& d, EventLogs& logs) {
  d.why_not[0] = logs.tables().lacks_for_users();
  if (!d.why_not[0].empty()) return;
  d.discounting = logs.discounting(d.options.gamma);
  if (!d.discounting) d.why_not[0] = "too few users engaged in periods that are followed by others";
}

void ask_creators(Diagnosis& d, EventLogs& logs) {
  const auto lacking = logs.tables().lacks_for_creators();
  d.why_not[1] = logs.tables().lacks_for_impressions();
  d.why_not[2] = d.why_not[3] = lacking;
  if (!lacking.empty()) return;
  const CreatorPeriods creators = logs.creator_periods();
  if (d.why_not[1].empty()) {
    d.content_gap = content_gap(creators, d.options.gamma);
    if (!d.content_gap)
      d.why_not[1] =
          "fewer than 25 creators with 20 impressions in the first half, or no engagement with them later";
  }
  d.response = within_creators_response(creators);
  if (!d.response) {
    d.why_not[2] =
        "it takes 30 creators with four periods each, and engagement that does not move with posts one to "
        "one";
  }
  d.spillover = logs.spillover();
  if (!d.spillover)
    d.why_not[3] = "fewer than two creators were engaged with before posts that were engaged with";
}

}  // namespace

void diagnose_logs(Diagnosis& d, TableSource& source, double period) {
  EventLogs logs(source, period);
  d.sources.push_back(source.name());
  d.periods = logs.periods();
  d.period_length = logs.period_length();
  d.period_in_seconds = !logs.tables().number_times;
  d.warnings.insert(d.warnings.end(), logs.tables().left_out.begin(), logs.tables().left_out.end());
  ask_users(d, logs);
  ask_creators(d, logs);
}

}  // namespace perennial
