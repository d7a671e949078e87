#pragma once

#include "platform/recommend/din_model.h"

namespace perennial {

/// Fills `best` as Recommender::rank() does, by the model's logits, without dropout; `history` clicks are attended to. What a
/// clicked thing weighs beside a candidate does not depend on the user: it is computed once for all who clicked it. A user's
/// row does not depend on who else is ranked with it, to the last bit.
void rank_by_din(DinModel& model, const ClickHistories& histories, std::size_t history,
                 const RankRequest& request, Slates& best);

}  // namespace perennial
