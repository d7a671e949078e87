#pragma once

#include "platform/recommend/factor_model.h"

namespace perennial {

/// Fills `best` as Recommender::rank() does, by the model's logits: one blocked matrix product of users and
/// candidates, cut into tiles that stay in the cache, each followed by the choice of every user's best. A
/// user's row does not depend on who else is ranked with it.
void rank_by_factors(FactorModel& model, const RankRequest& request, Slates& best);

}  // namespace perennial
