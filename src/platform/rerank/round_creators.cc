#include "platform/rerank/round_creators.h"

#include <algorithm>

namespace perennial {

RoundCreators::RoundCreators(const RerankRequest& request)
    : items_(&request.items), all_(request.candidates.size()) {
  const auto& creator = request.items.creator;
  for (const ItemId item : request.candidates) {
    if (creator[item] >= number_.size()) number_.resize(creator[item] + std::size_t{1});
    ++number_[creator[item]];
  }
  for (std::size_t c = 0; c < number_.size(); ++c) {
    if (number_[c] == 0) continue;
    counts_.push_back(number_[c]);
    number_[c] = static_cast<std::uint32_t>(ids_.size());
    ids_.push_back(static_cast<CreatorId>(c));
  }
}

}  // namespace perennial
