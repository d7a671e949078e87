#include "platform/rerank/creator_bonus.h"

#include <algorithm>

#include "platform/rerank/user_list.h"

namespace perennial {

void serve_by_bonus(const RerankRequest& request, const RoundCreators& creators,
                    const std::vector<double>& bonus,
                    const std::function<void(std::span<const std::uint32_t> shown)>& after_user,
                    Slates& best) {
  best.reset(request.users.size(), request.depth);
  std::vector<double> values;
  std::vector<std::uint32_t> positions, shown;
  for (std::size_t row = 0; row < request.users.size(); ++row) {
    const auto items = listed_items(request, row);
    listed_relevances(request, row, values);
    for (std::size_t i = 0; i < items.size(); ++i) values[i] += bonus[creators.of(items[i])];
    best_positions(values, request.depth, positions);
    const std::size_t filled = std::min(request.slate, positions.size());
    std::sort(positions.begin(), positions.begin() + static_cast<std::ptrdiff_t>(filled));
    put_in_row(request, row, positions, best);
    shown.clear();
    for (std::size_t place = 0; place < filled; ++place)
      shown.push_back(creators.of(items[positions[place]]));
    after_user(shown);
  }
}

std::vector<double> shown_so_far(const RerankRequest& request, const RoundCreators& creators) {
  const auto& table = request.tables.creator;
  std::vector<double> shown(creators.size(), 0.0);
  for (std::size_t p = 0; p < shown.size(); ++p) {
    if (creators.id(p) < table.size()) shown[p] = table[creators.id(p)].shown;
  }
  return shown;
}

}  // namespace perennial
