#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// What a SuggestionPlatform is made of.
struct PlatformPlan {
  std::size_t users = 20, creators = 12, genres = 4, slate = 3;
  std::uint64_t seed = 2100;
  double trust = 0.7;              ///< of every creator, and what the platform predicts
  std::vector<double> taste = {};  ///< click probability per genre, the same for all users; empty = drawn
  std::vector<GenreId> genre_names = {};  ///< genre g is called this; empty = as it is
};

/// A platform small enough to reason about: creators make the first genre unless they follow a suggestion, users see what
/// they like best among the items of the last two rounds. Genres can be renamed: the same happens under other names.
class SuggestionPlatform {
 public:
  explicit SuggestionPlatform(PlatformPlan plan = {}) : plan_(std::move(plan)), records(plan_.genres, 10) {
    if (plan_.genre_names.empty()) {
      plan_.genre_names.resize(plan_.genres);
      std::iota(plan_.genre_names.begin(), plan_.genre_names.end(), GenreId{0});
    }
    tables.genres = plan_.genres;
    tables.user_genre.resize(plan_.users * plan_.genres);
    tables.genre.resize(plan_.genres);
    tables.recent_clicks.resize(plan_.genres);
    tables.made.resize(plan_.genres);
    const Draws world(plan_.seed, Purpose::world);
    click_probability.resize(plan_.users * plan_.genres);
    for (std::uint32_t i = 0; i < click_probability.size(); ++i) {
      const std::size_t user = i / plan_.genres, genre = i % plan_.genres;
      click_probability[user * plan_.genres + name(genre)] =
          plan_.taste.empty() ? 0.1 + 0.8 * world.uniform(i) : plan_.taste[genre];
    }
    join(plan_.creators);
  }

  PlatformShape shape() const {
    return {.users = plan_.users,
            .creators = plan_.creators,
            .genres = plan_.genres,
            .slate = plan_.slate,
            .recency = 1,
            .seed = plan_.seed};
  }

  /// So many new creators, who have always made the first genre.
  void join(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      records.add_creator(std::vector<GenreCount>{{name(0), 1}});
      predicted_trust.push_back(plan_.trust);
      active.push_back(static_cast<CreatorId>(active.size()));
    }
    tables.creator.resize(records.size());
  }

  SuggestionRequest request(Workers& workers) const {
    return {.round = round,
            .creators = active,
            .records = records,
            .items = items,
            .tables = tables,
            .predicted_trust = predicted_trust,
            .truth = nullptr,
            .draws = Draws(plan_.seed, Purpose::suggestion, round),
            .workers = workers};
  }

  std::vector<GenreId> ask(SuggestionPolicy& policy, Workers& workers) const {
    std::vector<GenreId> suggestions(active.size(), 77);
    policy.suggest(request(workers), suggestions);
    return suggestions;
  }

  /// What comes of suggestions: items, slates, clicks; `log` holds it.
  void happen(const std::vector<GenreId>& suggestions) {
    log = {};
    log.round = round;
    log.active_creators = active;
    log.suggested = suggestions;
    const Draws follows(plan_.seed, Purpose::follow, round);
    for (std::size_t i = 0; i < active.size(); ++i) {
      const CreatorId c = active[i];
      const bool follow = suggestions[i] != no_genre && follows.coin(plan_.trust, c);
      log.followed.push_back(follow ? 1 : 0);
      const GenreId genre = follow ? suggestions[i] : name(0);
      const auto item = static_cast<ItemId>(items.size());
      log.made.push_back(item);
      records.made_item(c, item, genre);
      items.add(c, genre, round);
    }
    log.shown.reset(plan_.users, plan_.slate);
    log.clicked.assign(plan_.users * plan_.slate, 0);
    for (UserId u = 0; u < plan_.users; ++u) show(u);
    tables.account(log, items);
  }

  /// One round from asking to learning.
  void play(SuggestionPolicy& policy, Workers& workers) {
    happen(ask(policy, workers));
    policy.learn(log, items, tables, workers);
    ++round;
  }
  void play(SuggestionPolicy& policy, std::size_t rounds = 1) {
    Workers workers;
    for (std::size_t i = 0; i < rounds; ++i) play(policy, workers);
  }

  GenreId name(std::size_t genre) const { return plan_.genre_names[genre]; }

 private:
  PlatformPlan plan_;

 public:
  CreatorRecords records;
  Items items;
  PlatformTables tables;
  RoundLog log;
  std::vector<double> predicted_trust, click_probability;
  std::vector<CreatorId> active;  ///< who creates this round; everybody unless a test says otherwise
  std::uint32_t round = 1;

 private:
  void show(UserId user) {
    const Draws noise(plan_.seed, Purpose::ranking), clicks(plan_.seed, Purpose::click, round);
    std::vector<std::pair<double, ItemId>> best;
    for (std::size_t i = items.size(); i-- > 0 && items.born[i] + 1 >= round;) {
      const auto item = static_cast<ItemId>(i);
      best.emplace_back(-likes(user, item) - 0.1 * noise.uniform(user, item), item);
    }
    std::sort(best.begin(), best.end());
    const std::size_t shown = std::min(plan_.slate, best.size());
    for (std::size_t place = 0; place < shown; ++place) {
      const ItemId item = best[place].second;
      log.shown.row(user)[place] = item;
      if (!clicks.coin(likes(user, item), user, item)) continue;
      log.clicked[user * plan_.slate + place] = 1;
      records.got_clicks(items.creator[item], items.genre[item], 1);
    }
    log.active_users.push_back(user);
    log.next_best.push_back(shown < best.size() ? best[shown].second : no_item);
    log.next_best_score.push_back(0);
  }
  double likes(UserId user, ItemId item) const {
    return click_probability[user * plan_.genres + items.genre[item]];
  }
};

}  // namespace perennial
