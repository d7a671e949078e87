#pragma once

#include <array>
#include <string_view>

#include "nn/matrix.h"
#include "platform/suggest/outlook.h"

namespace perennial {

/// What a network shared over creators and genres is told of one creator and one genre it might be suggested. No creator's
/// or genre's identity is among it, and no size of the platform: it means the same on any platform.
enum class Feature : std::size_t {
  nothing,     ///< 1 on the row that stands for no suggestion, which is told of what the creator made last
  trust,       ///< predicted
  made_last,   ///< 1 for what it made last
  home,        ///< 1 for what it made before round 1
  practice,    ///< n / (n + 5), n = items it has made there
  own_clicks,  ///< its clicks per item there against all creators' per item: x / (1 + x); 0 before it made any
  own_best,    ///< 1 for what drew it most clicks so far
  quality,     ///< expected of it there, less 1
  supply,      ///< items there this round against the average genre: x / (1 + x)
  worth,       ///< clicks one more item of it would add, against all creators' per item: within [-2, 2]
  gain,        ///< the same, less what repeating its last genre would add
  planned,     ///< 1 for what a plan over all creators gives it
  planned_supply,  ///< items planned there against the average genre: x / (1 + x)
  activity,        ///< items it has made per round
};
inline constexpr std::size_t feature_count = 14;

/// For people: "predicted trust".
std::string_view title_of(Feature feature);

/// creators x (genres + 1) rows, creator by creator, its genres in order and the row for nothing last.
Matrix suggestion_features(const SuggestionRequest& request, const Outlook& outlook);

}  // namespace perennial
