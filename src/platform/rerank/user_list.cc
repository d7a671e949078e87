#include "platform/rerank/user_list.h"

#include <algorithm>
#include <numeric>

#include "platform/rerank/relevance.h"

namespace perennial {

std::span<const ItemId> listed_items(const RerankRequest& request, std::size_t row) {
  const auto items = request.shortlist.row(row);
  return items.first(static_cast<std::size_t>(std::ranges::find(items, no_item) - items.begin()));
}

void listed_relevances(const RerankRequest& request, std::size_t row, std::vector<double>& relevances) {
  const auto scores = request.shortlist.row_scores(row);
  relevances.resize(listed_items(request, row).size());
  for (std::size_t i = 0; i < relevances.size(); ++i) relevances[i] = relevance(scores[i], request.log_odds);
}

void best_positions(std::span<const double> values, std::size_t count,
                    std::vector<std::uint32_t>& positions) {
  positions.resize(values.size());
  std::iota(positions.begin(), positions.end(), 0U);
  const std::size_t kept = std::min(count, positions.size());
  std::partial_sort(positions.begin(), positions.begin() + static_cast<std::ptrdiff_t>(kept), positions.end(),
                    [&](std::uint32_t a, std::uint32_t b) {
                      return values[a] != values[b] ? values[a] > values[b] : a < b;
                    });
  positions.resize(kept);
}

void put_in_row(const RerankRequest& request, std::size_t row, std::span<const std::uint32_t> positions,
                Slates& best) {
  for (std::size_t place = 0; place < positions.size(); ++place) {
    best.row(row)[place] = request.shortlist.row(row)[positions[place]];
    best.row_scores(row)[place] = request.shortlist.row_scores(row)[positions[place]];
  }
}

}  // namespace perennial
