#include "respond/theory/boost_frontier.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace perennial {
namespace {

void require(bool holds, const std::string& sentence) {
  if (!holds) throw Error(ErrorCode::invalid_argument, "boost frontier: " + sentence);
}

void require_sound(std::span<const RankedCandidate> candidates, std::span<const double> strengths) {
  for (const auto& c : candidates) {
    require(std::isfinite(c.short_value) && c.short_value >= 0 && std::isfinite(c.score) &&
                std::isfinite(c.posts_per_engagement) && c.engage_probability >= 0 &&
                c.engage_probability <= 1,
            fmt::format("creator {} in slate {}: values must be finite, v_short at least 0 and probabilities "
                        "in [0, 1]",
                        c.creator, c.slate));
  }
  for (const double l : strengths)
    require(std::isfinite(l) && l >= 0, fmt::format("l = {}: must be at least 0", l));
}

/// Adds what one slate shows at point.strength.
void show(std::span<const RankedCandidate> slate, std::size_t positions, FrontierPoint& point) {
  std::vector<double> rank_by;
  for (const auto& c : slate) rank_by.push_back(c.short_value * std::exp(point.strength * c.score));
  std::vector<std::size_t> order(slate.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank_by[a] > rank_by[b]; });
  order.resize(std::min(positions, order.size()));
  for (const auto i : order) {
    point.short_value += slate[i].short_value;
    point.posts += slate[i].engage_probability * slate[i].posts_per_engagement;
  }
}

FrontierPoint point_at(std::span<const RankedCandidate> candidates, std::size_t positions, double strength) {
  FrontierPoint point;
  point.strength = strength;
  for (std::size_t begin = 0; begin < candidates.size();) {
    std::size_t end = begin;
    while (end < candidates.size() && candidates[end].slate == candidates[begin].slate) ++end;
    show(candidates.subspan(begin, end - begin), positions, point);
    begin = end;
  }
  return point;
}

}  // namespace

std::vector<FrontierPoint> boost_frontier(std::span<const RankedCandidate> candidates, std::size_t positions,
                                          std::span<const double> strengths, double usual_posts) {
  require(!candidates.empty(), "there are no candidates");
  require(positions > 0, "positions must be at least 1");
  require(std::isfinite(usual_posts) && usual_posts > 0,
          fmt::format("usual_posts = {}: must be above 0", usual_posts));
  require_sound(candidates, strengths);
  const FrontierPoint today = point_at(candidates, positions, 0);
  std::vector<FrontierPoint> frontier;
  for (const double l : strengths) {
    FrontierPoint point = point_at(candidates, positions, l);
    point.short_run_cost = today.short_value > 0 ? 1 - point.short_value / today.short_value : 0;
    point.posts_gain = (point.posts - today.posts) / usual_posts;
    frontier.push_back(point);
  }
  return frontier;
}

}  // namespace perennial
