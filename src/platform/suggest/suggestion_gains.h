#pragma once

#include "platform/suggest/demand.h"
#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// The price of a suggestion: clicks that each creator of the request is expected to add when it is suggested each genre
/// instead of nothing, in the fluid model of demand.h, which is what policies that plan go by.
///
/// Left alone, a creator is expected to repeat its last genre; a suggestion moves it with probability `trust` (row =
/// CreatorId). An item of quality q is worth q x drawn - displaced, given what the *others* are expected to make on what is
/// `suggested` to them. `quality`: one row of genres per creator of the request, or empty for 1 everywhere.
/// Writes creators x genres.
void suggestion_gains(const Demand& demand, const SuggestionRequest& request, std::span<const double> trust,
                      std::span<const double> quality, std::span<const GenreId> suggested,
                      std::span<double> gains);

}  // namespace perennial
