#pragma once

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "platform/suggest/suggestion_policies.h"
#include "world/truth.h"

namespace perennial::asked {

inline constexpr std::size_t users = 20, genres = 5, slate = 3;
inline constexpr std::uint64_t seed = 2000;

inline std::unique_ptr<SuggestionPolicy> make(
    const std::string& name, const std::vector<std::pair<std::string, FieldValue>>& settings = {}) {
  auto policy = find_plugin(suggestion_policies(), "policy", name).make();
  for (const auto& [key, value] : settings) policy->fields().set(name, key, value);
  policy->start(
      {.users = users, .creators = 15, .genres = genres, .slate = slate, .recency = 10, .seed = seed});
  return policy;
}

inline bool reads_truth(const std::string& name) {
  return find_plugin(suggestion_policies(), "policy", name).uses_truth;
}

/// A platform on which items and clicks just happen, by addressed draws; genres can be renamed by a permutation.
struct Platform {
  std::vector<GenreId> name_of;  ///< genre g of the unrenamed platform is called this
  CreatorRecords records{genres, 10};
  Items items;
  PlatformTables tables;
  RoundLog log;
  std::vector<double> predicted_trust, click_probability, user_activity, trust, quality;
  std::uint32_t round = 1;

  explicit Platform(std::size_t creators, std::vector<GenreId> names = {0, 1, 2, 3, 4})
      : name_of(std::move(names)) {
    tables.genres = genres;
    tables.user_genre.resize(users * genres);
    tables.genre.resize(genres);
    tables.recent_clicks.resize(genres);
    tables.made.resize(genres);
    tables.creator.resize(creators);
    const Draws truth(seed, Purpose::world);
    click_probability.resize(users * genres);
    quality.resize(creators * genres);
    for (std::uint32_t u = 0; u < users; ++u) {
      user_activity.push_back(0.3 + 0.7 * truth.uniform(u, 0, 1));
      for (std::uint32_t g = 0; g < genres; ++g)
        click_probability[u * genres + name_of[g]] = truth.uniform(u, g, 2);
    }
    for (std::uint32_t c = 0; c < creators; ++c) {
      records.add_creator(std::vector<GenreCount>{{name_of[0], c % 2 + 1}});
      predicted_trust.push_back(0.1 + 0.8 * truth.uniform(c, 0, 3));
      trust.push_back(truth.uniform(c, 0, 4));
      for (std::uint32_t g = 0; g < genres; ++g)
        quality[c * genres + name_of[g]] = 0.5 + 0.5 * truth.uniform(c, g, 5);
    }
  }

  std::vector<CreatorId> everybody() const {
    std::vector<CreatorId> all(records.size());
    std::iota(all.begin(), all.end(), CreatorId{0});
    return all;
  }

  /// One round: every creator makes something, every user sees what is new and clicks by the truth.
  void play(SuggestionPolicy* policy) {
    log = {};
    log.round = round;
    log.active_creators = everybody();
    log.suggested.assign(log.active_creators.size(), no_genre);
    log.followed.assign(log.active_creators.size(), 0);
    const Draws makes(seed, Purpose::creation, round), clicks(seed, Purpose::click, round);
    const auto first = static_cast<ItemId>(items.size());
    for (const CreatorId c : log.active_creators) {
      const GenreId genre =
          name_of[makes.below(genres, c) * makes.below(2, c, 1)];  // the first genre is made most
      log.made.push_back(static_cast<ItemId>(items.size()));
      records.made_item(c, static_cast<ItemId>(items.size()), genre);
      items.add(c, genre, round);
    }
    log.shown.reset(users, slate);
    for (UserId u = 0; u < users; ++u) {
      log.active_users.push_back(u);
      for (std::uint32_t place = 0; place < std::min(slate, records.size()); ++place) {
        const ItemId item = first + (u + place) % static_cast<ItemId>(records.size());
        log.shown.row(u)[place] = item;
        const bool click = clicks.coin(click_probability[u * genres + items.genre[item]], u, place);
        log.clicked.push_back(click ? 1 : 0);
        ++items.shown[item];
        items.clicked[item] += click ? 1 : 0;
        if (click) records.got_clicks(items.creator[item], items.genre[item], 1);
      }
      log.clicked.resize((u + 1) * slate);
      const auto next = first + (u + static_cast<ItemId>(slate)) % static_cast<ItemId>(records.size());
      log.next_best.push_back(records.size() > slate ? next : no_item);
      log.next_best_score.push_back(0);
    }
    tables.account(log, items);
    if (policy) {
      Workers workers;
      policy->learn(log, items, tables, workers);
    }
    ++round;
  }

  std::vector<GenreId> ask(SuggestionPolicy& policy, const std::vector<CreatorId>& creators, bool with_truth,
                           std::size_t threads = 1) const {
    const Truth truth{.genres = genres,
                      .click_probability = click_probability,
                      .user_activity = user_activity,
                      .trust = trust,
                      .quality = quality};
    Workers workers(threads);
    std::vector<GenreId> suggestions(creators.size(), 77);
    policy.suggest({.round = round,
                    .creators = creators,
                    .records = records,
                    .items = items,
                    .tables = tables,
                    .predicted_trust = predicted_trust,
                    .truth = with_truth ? &truth : nullptr,
                    .draws = Draws(seed, Purpose::suggestion, round),
                    .workers = workers},
                   suggestions);
    return suggestions;
  }
};

/// A policy's name as a test's.
inline std::string test_name(std::string policy) {
  std::replace(policy.begin(), policy.end(), '-', '_');
  return policy;
}

}  // namespace perennial::asked
