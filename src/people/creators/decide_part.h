#pragma once

#include <span>
#include <vector>

#include "people/creators/creator_model.h"

namespace perennial {

/// Has `model` decide for some of the request's creators, those at `places` (ascending), and writes what they make at the same
/// places of `made`. They hear no suggestions.
void decide_part(CreatorModel& model, const CreationRequest& request, std::span<const std::size_t> places,
                 std::span<GenreId> made);

}  // namespace perennial
