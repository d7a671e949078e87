#pragma once

namespace perennial {

/// What a ranker's score says of an item, in [0, 1], so that no method's trade-off hangs on the ranker's units: log-odds
/// go through the logistic function; rates are taken as they are and cut at 1, beyond which a ranker's factors can lift
/// them. Never descends in the score, and equals keep the ranker's order, so the order by relevance is the ranker's.
double relevance(float score, bool log_odds);

}  // namespace perennial
