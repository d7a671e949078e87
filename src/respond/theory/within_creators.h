#pragma once

#include <optional>

#include "respond/theory/creator_periods.h"
#include "respond/theory/diagnosis.h"

namespace perennial {

/// Posts of a period on engagement received and posts made in the period before, within creators: creators' means and the
/// periods' means are taken out. Engagement follows from posts, so ordinary within-regression is biased towards a negative
/// response in short panels. Here later values are taken from the mean of what is still to come (forward orthogonal
/// deviations, Arellano and Bover 1995) and earlier ones, as instruments, from the mean of what came before, which is unbiased for
/// many creators and any number of periods. Standard errors are clustered by creator.
///
/// A creator enters with its first post or engagement and takes part with four periods or more from there. Groups are
/// the creators with fewer and with more engagement in their first period. Nothing for fewer than 30 creators, or where engagement moves
/// with posts one to one, so that the two cannot be told apart.
std::optional<CreatorResponse> within_creators_response(const CreatorPeriods& logs);

}  // namespace perennial
