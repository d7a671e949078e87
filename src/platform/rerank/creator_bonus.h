#pragma once

#include <functional>
#include <span>
#include <vector>

#include "platform/rerank/round_creators.h"

namespace perennial {

/// What lies between any two relevances: an item that is moved by this comes before or after all that are not.
inline constexpr double beyond_all = 1e4;

/// Serves users one after the other, in id order: the slate is the items with the highest relevance + bonus of their
/// creator, shown by relevance; places beyond it go on by the sum. `bonus` has an entry per creator of the round;
/// `after_user` is told the creators of the places shown, one entry each, and moves `bonus` for the next user.
void serve_by_bonus(const RerankRequest& request, const RoundCreators& creators,
                    const std::vector<double>& bonus,
                    const std::function<void(std::span<const std::uint32_t> shown)>& after_user,
                    Slates& best);

/// Impressions of each creator of the round before this one, since round 1: what a method starts from that looks back
/// further than its round.
std::vector<double> shown_so_far(const RerankRequest& request, const RoundCreators& creators);

}  // namespace perennial
