#pragma once

#include <optional>
#include <string>

#include "respond/theory/event_logs.h"

namespace perennial {

/// Looks a table's columns up: post_id, creator_id and a time for posts; post_id, user_id and a time for others. Nothing where the
/// source has no such table.
std::optional<EventTable> find_event_table(TableSource& source, const std::string& name);

}  // namespace perennial
