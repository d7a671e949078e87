#include "platform/recommend/popularity.h"

#include <algorithm>

#include "platform/recommend/top_items.h"

namespace perennial {
namespace {

constexpr std::size_t users_served_at_once = 256;

double smoothed_rate(double clicked, double shown, double smoothing, double prior) {
  return (clicked + smoothing * prior) / (shown + smoothing);
}

std::vector<float> rates_of(const RankRequest& request, double item_smoothing, double creator_smoothing) {
  const auto& tables = request.tables;
  const auto clicked = static_cast<double>(tables.all.clicked), shown = static_cast<double>(tables.all.shown);
  const double average = smoothed_rate(clicked, shown, 2, 0.5);
  std::vector<float> rates;
  rates.reserve(request.candidates.size());
  for (const ItemId item : request.candidates) {
    const auto& creator = tables.creator[request.items.creator[item]];
    const double prior = smoothed_rate(creator.clicked, creator.shown, creator_smoothing, average);
    rates.push_back(static_cast<float>(
        smoothed_rate(request.items.clicked[item], request.items.shown[item], item_smoothing, prior)));
  }
  return rates;
}

}  // namespace

Fields PopularityRecommender::fields() {
  Fields fields;
  fields
      .real("item_smoothing", item_smoothing_, {0.001, 1e9},
            "impressions that the creator's click rate counts for in an item's")
      .real("creator_smoothing", creator_smoothing_, {0.001, 1e9},
            "impressions that the average counts for in a creator's click rate");
  return fields;
}

void PopularityRecommender::rank(const RankRequest& request, Slates& best) {
  best.reset(request.users.size(), request.depth);
  if (request.users.empty()) return;
  // A user skips at most as many of the best as it can remember having been shown.
  const std::size_t enough = request.depth + request.shown.row(request.users.front()).size();
  const CandidateIndex candidates(request);
  TopItems top(candidates, enough);
  top.offer(rates_of(request, item_smoothing_, creator_smoothing_), 0);
  std::vector<ItemId> items(enough, no_item);
  std::vector<float> rates(enough);
  top.write(items, rates);
  request.workers.for_blocks(
      request.users.size(), users_served_at_once, [&](std::size_t begin, std::size_t end) {
        for (std::size_t r = begin; r < end; ++r) {
          const auto row = best.row(r);
          std::size_t filled = 0;
          for (std::size_t i = 0; i < enough && filled < row.size() && items[i] != no_item; ++i) {
            if (request.shown.contains(request.users[r], items[i])) continue;
            best.row_scores(r)[filled] = rates[i];
            row[filled++] = items[i];
          }
        }
      });
}

}  // namespace perennial
