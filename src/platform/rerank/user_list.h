#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "platform/rerank/reranker.h"

namespace perennial {

/// The part of a user's shortlist that holds items, best first.
std::span<const ItemId> listed_items(const RerankRequest& request, std::size_t row);

/// Relevance of each listed item, into `relevances` (its memory is used again).
void listed_relevances(const RerankRequest& request, std::size_t row, std::vector<double>& relevances);

/// The `count` positions (fewer where there are fewer) of the highest values, highest first; equals in order of position,
/// which is the ranker's. Into `positions`, whose memory is used again.
void best_positions(std::span<const double> values, std::size_t count, std::vector<std::uint32_t>& positions);

/// Writes the items at `positions` of a user's shortlist, with the ranker's scores, into the first places of its row.
void put_in_row(const RerankRequest& request, std::size_t row, std::span<const std::uint32_t> positions,
                Slates& best);

}  // namespace perennial
