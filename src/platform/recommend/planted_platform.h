#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "platform/recommend/recommender.h"

namespace perennial {

/// A small platform with a known truth, for the tests and benchmarks of rankers: creator c makes genre c %
/// genres, and user u likes genre g if both fall into the same of `groups` (u % groups = g % groups); it
/// clicks those with probability `liked`, others with `disliked`.
struct PlantedPlatform {
  struct Shape {
    std::size_t users = 60;
    std::size_t creators = 20;
    std::size_t genres = 4;
    std::size_t groups = 2;
    std::size_t ring = 50;       ///< items a user is known to have been shown
    std::uint32_t recency = 10;  ///< rounds an item stays a candidate
    std::size_t threads = 1;
    std::uint64_t seed = 1;
    double liked = 0.9;
    double disliked = 0.1;
  };

  explicit PlantedPlatform(const Shape& wanted)
      : shape(wanted), team(std::make_unique<Workers>(wanted.threads)), workers(*team) {
    for (std::size_t g = 0; g < shape.genres; ++g) world.genres.push_back("genre " + std::to_string(g));
    for (std::uint32_t u = 0; u < shape.users; ++u) {
      std::vector<GenreId> interests;
      for (std::size_t g = u % shape.groups; g < shape.genres; g += shape.groups)
        interests.push_back(static_cast<GenreId>(g));
      world.users.interests.push_back(interests);
      world.users.activity.push_back(1);
      users.push_back(u);
    }
    for (std::uint32_t c = 0; c < shape.creators; ++c) {
      const GenreCount made{genre_of(c), 3};
      world.creators.history.push_back({&made, 1});
      world.creators.activity.push_back(1);
    }
    shown = ShownItems(shape.users, shape.ring);
    tables.genres = shape.genres;
    tables.user_genre.resize(shape.users * shape.genres);
    tables.creator.resize(shape.creators);
    tables.genre.resize(shape.genres);
    tables.recent_clicks.resize(shape.genres);
    tables.made.resize(shape.genres);
  }

  GenreId genre_of(CreatorId creator) const { return static_cast<GenreId>(creator % shape.genres); }
  bool likes(UserId user, GenreId genre) const { return user % shape.groups == genre % shape.groups; }
  double click_probability(UserId user, GenreId genre) const {
    return likes(user, genre) ? shape.liked : shape.disliked;
  }

  /// What users clicked before round 1, with as many other things they did not.
  std::vector<PastInteraction> past(std::uint32_t per_user) const {
    const Draws draws(shape.seed, Purpose::history);
    std::vector<PastInteraction> rows;
    for (const UserId u : users) {
      for (std::uint32_t i = 0; i < per_user; ++i) {
        const CreatorId c = draws.below(static_cast<std::uint32_t>(shape.creators), u, i, 0);
        rows.push_back({u, c, genre_of(c), draws.coin(click_probability(u, genre_of(c)), u, i, 1)});
      }
    }
    return rows;
  }

  /// Every creator makes an item; what is too old is a candidate no more.
  void make_items(std::uint32_t round) {
    for (std::uint32_t c = 0; c < shape.creators; ++c) items.add(c, genre_of(c), round);
    candidates.clear();
    for (ItemId i = 0; i < items.size(); ++i) {
      if (items.born[i] + shape.recency >= round) candidates.push_back(i);
    }
  }

  /// All users over all candidates. Spans refer to this platform.
  RankRequest request(std::uint32_t round, std::size_t depth) {
    return {round,  users,  candidates, items,
            shown,  tables, depth,      Draws(shape.seed, Purpose::ranking, round),
            workers};
  }

  /// Users answer the first `slate` places of `best`, and the platform accounts for it.
  RoundLog answer(std::uint32_t round, const Slates& best, std::size_t slate) {
    RoundLog log;
    log.round = round;
    log.active_users = users;
    log.shown.reset(users.size(), slate);
    log.clicked.assign(users.size() * slate, 0);
    for (std::size_t r = 0; r < users.size(); ++r) {
      for (std::size_t place = 0; place < slate && best.row(r)[place] != no_item; ++place) {
        const ItemId item = best.row(r)[place];
        const Draws coins(shape.seed, Purpose::click, round);
        const bool click = coins.coin(click_probability(users[r], items.genre[item]), users[r], item);
        log.shown.row(r)[place] = item;
        log.clicked[r * slate + place] = click ? 1 : 0;
        shown.add(users[r], item);
        ++items.shown[item];
        items.clicked[item] += click ? 1 : 0;
      }
    }
    tables.account(log, items);
    return log;
  }

  /// Plays rounds first .. last with a started ranker; returns clicks per impression.
  double play(Recommender& ranker, std::uint32_t first, std::uint32_t last, std::size_t slate = 5) {
    double clicks = 0;
    double impressions = 0;
    Slates best;
    for (std::uint32_t round = first; round <= last; ++round) {
      make_items(round);
      ranker.rank(request(round, slate + 2), best);
      const RoundLog log = answer(round, best, slate);
      ranker.learn(log, items, tables, workers);
      for (const auto click : log.clicked) clicks += click;
      impressions += static_cast<double>(log.clicked.size());
    }
    return clicks / impressions;
  }

  Shape shape;
  World world;
  std::vector<UserId> users;
  std::vector<ItemId> candidates;
  Items items;
  ShownItems shown;
  PlatformTables tables;
  std::unique_ptr<Workers> team;  // on the heap, so that a platform can be moved
  Workers& workers;
};

}  // namespace perennial
