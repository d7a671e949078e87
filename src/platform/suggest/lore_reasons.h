#pragma once

#include "platform/suggest/learned_policy.h"
#include "platform/suggest/lore_actor.h"

namespace perennial {

/// What LoRe would tell every creator of `asked`, in order, each with at most three reasons.
///
/// A flattened network has an input for everything known of everybody, so a reason is one such input ("creator 7 made genre 3
/// last", "predicted trust of creator 7"), and moves_logit how much lower the logit would be were it 0. A creator without a
/// place in the state is told nothing, for no reason.
std::vector<ExplainedSuggestion> explain_lore(const LoreActor& actor, const LoreState& state,
                                              std::span<const CreatorId> asked);

}  // namespace perennial
