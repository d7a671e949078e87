#pragma once

#include <vector>

#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// Creators do as they are told, and make genre 0 when told nothing. One user sees everything new and clicks on genre 1.
struct ObedientPlatform {
  static constexpr std::size_t genres = 2;

  explicit ObedientPlatform(std::size_t creators, std::uint64_t run_seed = 5)
      : trust(creators, 0.5), seed(run_seed) {
    for (CreatorId c = 0; c < creators; ++c) {
      records.add_creator({});
      active.push_back(c);
    }
  }

  SuggestionRequest request() {
    return {.round = round,
            .creators = active,
            .records = records,
            .items = items,
            .tables = tables,
            .predicted_trust = trust,
            .truth = nullptr,
            .draws = Draws(seed, Purpose::suggestion, round),
            .workers = workers};
  }

  std::vector<GenreId> ask(SuggestionPolicy& policy) {
    std::vector<GenreId> suggestions(active.size(), 77);
    policy.suggest(request(), suggestions);
    return suggestions;
  }

  /// Makes what is suggested; `old_clicks` go to the first item of all.
  void make_and_click(const std::vector<GenreId>& suggestions, std::size_t old_clicks = 0) {
    log = {};
    log.round = round;
    log.active_creators = active;
    log.suggested = suggestions;
    log.shown.reset(1, active.size() + old_clicks);
    for (std::size_t i = 0; i < active.size(); ++i) {
      const GenreId genre = suggestions[i] == no_genre ? 0 : suggestions[i];
      log.followed.push_back(suggestions[i] != no_genre);
      log.made.push_back(static_cast<ItemId>(items.size()));
      items.add(active[i], genre, round);
      log.shown.row(0)[i] = log.made.back();
      log.clicked.push_back(genre == 1);
    }
    for (std::size_t i = 0; i < old_clicks; ++i) {
      log.shown.row(0)[active.size() + i] = 0;
      log.clicked.push_back(1);
    }
    log.active_users = {0};
    ++round;
  }

  std::vector<GenreId> play(SuggestionPolicy& policy, std::size_t old_clicks = 0) {
    auto suggestions = ask(policy);
    make_and_click(suggestions, old_clicks);
    policy.learn(log, items, tables, workers);
    return suggestions;
  }

  CreatorRecords records{genres, 3};
  Items items;
  PlatformTables tables;
  RoundLog log;
  std::vector<double> trust;
  std::vector<CreatorId> active;
  Workers workers{1};
  std::uint32_t round = 1;
  std::uint64_t seed;
};

}  // namespace perennial
