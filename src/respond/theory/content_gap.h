#pragma once

#include <optional>

#include "respond/theory/creator_periods.h"
#include "respond/theory/diagnosis.h"

namespace perennial {

/// Creators with `least_impressions` or more in the first half of the periods (an odd one goes there) are ranked by engagement per impression of the first
/// half of the users; everything about the best fifth and the rest is measured on the other half of the users, so that luck
/// that put a creator on top is not measured again. What follows is the engagement of the later periods, with gamma for the first
/// of them, gamma^2 for the second, and so on.
///
/// Nothing for fewer than two periods, fewer than 25 such creators, or groups without engagement now or later.
std::optional<ContentGap> content_gap(const CreatorPeriods& logs, double gamma,
                                      double least_impressions = 20);

}  // namespace perennial
