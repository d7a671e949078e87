#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "platform/rerank/reranker.h"

namespace perennial {

/// One round's shortlists with known scores, for the tests and benchmarks of re-rankers. Item i is candidate i.
struct PlantedRound {
  struct Shape {
    std::size_t users = 40;
    std::size_t creators = 8;
    std::size_t items_each = 6;
    std::size_t genres = 4;
    double seen = 0;  ///< share of the candidates that is not on a user's list
    std::size_t threads = 1;
    std::uint64_t seed = 1;
  };

  /// Rates drawn for every user and item; no two are the same.
  explicit PlantedRound(const Shape& shape) : PlantedRound(shape.threads) {
    const Draws draws(shape.seed, Purpose::ranking);
    for (std::uint32_t i = 0; i < shape.creators * shape.items_each; ++i)
      add_item(static_cast<CreatorId>(i % shape.creators),
               static_cast<GenreId>(draws.below(static_cast<std::uint32_t>(shape.genres), i, 0, 1)));
    for (std::uint32_t u = 0; u < shape.users; ++u) {
      std::vector<float> of_user;
      for (std::uint32_t i = 0; i < candidates.size(); ++i) {
        const bool seen = draws.coin(shape.seen, u, i, 2);
        of_user.push_back(seen ? -1.0F : static_cast<float>(0.02 + 0.9 * draws.uniform(u, i, 3)));
      }
      add_user(of_user);
    }
  }

  /// Item i is made by creators[i] in genres[i]; user u rates it user_rates[u][i], or has seen it where that is negative.
  PlantedRound(const std::vector<CreatorId>& creators, const std::vector<GenreId>& genres,
               const std::vector<std::vector<float>>& user_rates)
      : PlantedRound(std::size_t{1}) {
    for (std::size_t i = 0; i < creators.size(); ++i) add_item(creators[i], genres[i]);
    for (const auto& user : user_rates) add_user(user);
  }

  /// What the re-ranker makes of it; its shortlist is as long as it asks for.
  Slates rerank(Reranker& reranker, std::size_t slate, std::size_t depth) {
    const std::size_t width = reranker.shortlist(depth, candidates.size());
    fill_shortlist(width);
    Slates best;
    reranker.rerank(request(slate, depth), best);
    return best;
  }

  /// The same as lists of items, one per user, no padding.
  std::vector<std::vector<ItemId>> slates(Reranker& reranker, std::size_t slate, std::size_t depth) {
    const auto best = rerank(reranker, slate, depth);
    std::vector<std::vector<ItemId>> rows;
    for (std::size_t r = 0; r < best.rows(); ++r) {
      const auto row = best.row(r);
      rows.emplace_back(row.begin(), std::ranges::find(row, no_item));
    }
    return rows;
  }

  /// Lists every user's best `width` candidates.
  void fill_shortlist(std::size_t width) {
    shortlist.reset(users.size(), width);
    std::vector<ItemId> order(candidates.size());
    for (std::size_t u = 0; u < users.size(); ++u) {
      std::iota(order.begin(), order.end(), ItemId{0});
      std::ranges::stable_sort(order, [&](ItemId a, ItemId b) { return rates[u][a] > rates[u][b]; });
      for (std::size_t i = 0; i < std::min(width, order.size()) && rates[u][order[i]] >= 0; ++i) {
        const float rate = rates[u][order[i]];
        shortlist.row(u)[i] = order[i];
        shortlist.row_scores(u)[i] = log_odds ? std::log(rate / (1 - rate)) : rate;
      }
    }
  }

  /// Spans refer to this round.
  RerankRequest request(std::size_t slate, std::size_t depth) {
    return {.round = 12,
            .users = users,
            .candidates = candidates,
            .shortlist = shortlist,
            .log_odds = log_odds,
            .items = items,
            .tables = tables,
            .boosts = boosts,
            .slate = slate,
            .depth = depth,
            .draws = Draws(5, Purpose::rerank, 12),
            .workers = *workers};
  }

  bool log_odds = false;
  Items items;
  std::vector<ItemId> candidates;
  std::vector<UserId> users;
  std::vector<std::vector<float>> rates;  // users x items
  Slates shortlist;
  PlatformTables tables;
  CreatorBoosts boosts;
  std::unique_ptr<Workers> workers;  // on the heap, so that a round can be moved

 private:
  explicit PlantedRound(std::size_t threads) : workers(std::make_unique<Workers>(threads)) {}

  void add_item(CreatorId creator, GenreId genre) {
    candidates.push_back(static_cast<ItemId>(items.size()));
    items.add(creator, genre, 10);
    if (creator >= tables.creator.size()) tables.creator.resize(creator + std::size_t{1});
  }
  void add_user(const std::vector<float>& of_user) {
    users.push_back(static_cast<UserId>(users.size()));
    rates.push_back(of_user);
  }
};

/// A re-ranker with some settings.
template <class Method>
Method reranker_with(const std::vector<std::pair<std::string, FieldValue>>& settings) {
  Method method;
  const auto fields = method.fields();
  for (const auto& [key, value] : settings) fields.set("test", key, value);
  return method;
}

}  // namespace perennial
