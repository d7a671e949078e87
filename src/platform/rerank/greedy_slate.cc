#include "platform/rerank/greedy_slate.h"

#include <limits>

namespace perennial {
namespace {

constexpr std::size_t users_filled_at_once = 256;
constexpr double chosen = -std::numeric_limits<double>::infinity();

/// The first of the highest.
std::uint32_t highest(const std::vector<double>& gains) {
  std::uint32_t best = 0;
  for (std::uint32_t i = 1; i < gains.size(); ++i) {
    if (gains[i] > gains[best]) best = i;
  }
  return best;
}

}  // namespace

void serve_greedily(const RerankRequest& request, const Likeness& likeness,
                    const std::function<std::unique_ptr<GreedyRule>()>& make_rule, Slates& best) {
  best.reset(request.users.size(), request.depth);
  request.workers.for_blocks(request.users.size(), users_filled_at_once,
                             [&](std::size_t begin, std::size_t end) {
                               const auto rule = make_rule();
                               UserList list;
                               std::vector<double> gains;
                               std::vector<std::uint32_t> positions;
                               for (std::size_t row = begin; row < end; ++row) {
                                 list.items = listed_items(request, row);
                                 listed_relevances(request, row, list.relevance);
                                 likeness.kinds_of(request, list.items, list.kinds);
                                 gains.assign(list.items.size(), 0.0);
                                 positions.clear();
                                 rule->start(list, gains);
                                 while (positions.size() < std::min(request.depth, list.items.size())) {
                                   const std::uint32_t position = highest(gains);
                                   positions.push_back(position);
                                   rule->choose(list, position, gains);
                                   for (const std::uint32_t before : positions) gains[before] = chosen;
                                 }
                                 put_in_row(request, row, positions, best);
                               }
                             });
}

}  // namespace perennial
