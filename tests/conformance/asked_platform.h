#pragma once

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "conformance/other_names.h"
#include "platform/suggest/suggestion_policies.h"
#include "world/truth.h"

namespace perennial::asked {

inline constexpr std::size_t users = 20, genres = 5, slate = 3;
inline constexpr std::uint64_t seed = 2000;

inline void start(SuggestionPolicy& policy, std::uint64_t policy_seed = seed,
                  std::size_t user_count = users) {
  policy.start({.users = user_count,
                .creators = 15,
                .genres = genres,
                .slate = slate,
                .recency = 10,
                .seed = policy_seed});
}

inline std::unique_ptr<SuggestionPolicy> make(
    const std::string& name, const std::vector<std::pair<std::string, FieldValue>>& settings = {},
    std::uint64_t policy_seed = seed) {
  auto policy = find_plugin(suggestion_policies(), "policy", name).make();
  for (const auto& [key, value] : settings) policy->fields().set(name, key, value);
  start(*policy, policy_seed);
  return policy;
}

inline bool reads_truth(const std::string& name) {
  return find_plugin(suggestion_policies(), "policy", name).uses_truth;
}

/// Who is called what; things are told apart by numbers of their own.
struct Names {
  std::vector<GenreId> genres;
  std::vector<CreatorId> creators;
};

/// A platform on which items and clicks just happen, by addressed draws; the same can be had under other names.
struct Platform {
  Names names;
  std::vector<CreatorId> creator_called;
  std::size_t visitors;           ///< users, all of whom come in every round
  std::uint64_t coins = seed;     ///< of what a policy is handed to draw by
  std::uint32_t click_worth = 1;  ///< clicks that a creator has of each click
  CreatorRecords records{genres, 10};
  Items items;
  PlatformTables tables;
  RoundLog log;
  std::vector<double> predicted_trust, click_probability, user_activity, trust, quality;
  std::uint32_t round = 1;

  explicit Platform(std::size_t creators, std::size_t user_count = users)
      : Platform(Names{own_names<GenreId>(genres), own_names<CreatorId>(creators)}, user_count) {}

  explicit Platform(Names called, std::size_t user_count = users)
      : names(std::move(called)), creator_called(things_called(names.creators)), visitors(user_count) {
    tables.genres = genres;
    tables.user_genre.resize(visitors * genres);
    tables.genre.resize(genres);
    tables.recent_clicks.resize(genres);
    tables.made.resize(genres);
    tables.creator.resize(creator_called.size());
    const Draws truth(seed, Purpose::world);
    click_probability.resize(visitors * genres);
    quality.resize(creator_called.size() * genres);
    for (std::uint32_t u = 0; u < visitors; ++u) {
      user_activity.push_back(0.3 + 0.7 * truth.uniform(u, 0, 1));
      for (std::uint32_t g = 0; g < genres; ++g)
        click_probability[u * genres + names.genres[g]] = truth.uniform(u, g, 2);
    }
    for (std::size_t name = 0; name < creator_called.size(); ++name) {
      const CreatorId c = creator_called[name];
      records.add_creator(std::vector<GenreCount>{{names.genres[0], c % 2 + 1}});
      predicted_trust.push_back(0.1 + 0.8 * truth.uniform(c, 0, 3));
      trust.push_back(truth.uniform(c, 0, 4));
      for (std::uint32_t g = 0; g < genres; ++g)
        quality[name * genres + names.genres[g]] = 0.5 + 0.5 * truth.uniform(c, g, 5);
    }
  }

  /// No two genres of a creator ever draw the same number of clicks: between equals the lowest id is taken, which is a name.
  void have_no_ties() {
    click_worth = 8;
    for (CreatorId name = 0; name < records.size(); ++name) {
      for (std::uint32_t g = 0; g < genres; ++g)
        records.got_clicks(name, names.genres[g], (3 * g + creator_called[name]) % click_worth);
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
    const auto item_of = [&](std::size_t thing) { return first + names.creators[thing % records.size()]; };
    for (const CreatorId c : log.active_creators) {
      const CreatorId thing = creator_called[c];
      const bool any = makes.below(2, thing, 1) == 1;  // else the first, which is made most
      const GenreId genre = names.genres[any ? makes.below(genres, thing) : 0];
      log.made.push_back(static_cast<ItemId>(items.size()));
      records.made_item(c, static_cast<ItemId>(items.size()), genre);
      items.add(c, genre, round);
    }
    log.shown.reset(visitors, slate);
    for (UserId u = 0; u < visitors; ++u) {
      log.active_users.push_back(u);
      for (std::uint32_t place = 0; place < std::min(slate, records.size()); ++place) {
        const ItemId item = item_of(u + place);
        log.shown.row(u)[place] = item;
        const bool click = clicks.coin(click_probability[u * genres + items.genre[item]], u, place);
        log.clicked.push_back(click ? 1 : 0);
        ++items.shown[item];
        items.clicked[item] += click ? 1 : 0;
        if (click) records.got_clicks(items.creator[item], items.genre[item], click_worth);
      }
      log.clicked.resize((u + 1) * slate);
      log.next_best.push_back(records.size() > slate ? item_of(u + slate) : no_item);
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
    policy.suggest(request(creators, with_truth ? &truth : nullptr, workers), suggestions);
    return suggestions;
  }

  std::vector<ExplainedSuggestion> explain(const LearnedPolicy& policy,
                                           const std::vector<CreatorId>& creators) const {
    Workers workers;
    return policy.explain(request(creators, nullptr, workers));
  }

 private:
  SuggestionRequest request(const std::vector<CreatorId>& creators, const Truth* truth,
                            Workers& workers) const {
    return {.round = round,
            .creators = creators,
            .records = records,
            .items = items,
            .tables = tables,
            .predicted_trust = predicted_trust,
            .truth = truth,
            .draws = Draws(coins, Purpose::suggestion, round),
            .workers = workers};
  }
};

/// A policy's name as a test's.
inline std::string test_name(std::string policy) {
  std::replace(policy.begin(), policy.end(), '-', '_');
  return policy;
}

}  // namespace perennial::asked
