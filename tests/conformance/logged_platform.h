#pragma once

#include <algorithm>
#include <vector>

#include "conformance/other_names.h"
#include "platform/recommend/recommender.h"

namespace perennial {

/// Who is called what; things are told apart by numbers of their own.
struct PlatformNames {
  std::vector<UserId> users;
  std::vector<CreatorId> creators;
  std::vector<GenreId> genres;
};

/// A platform whose rounds are given, whatever a ranker would show: slates filled by draws, clicks by tastes of users and
/// skill of creators. The same rounds can be had with users, creators, genres, and with them items, under other names.
struct LoggedPlatform {
  static constexpr std::size_t users = 20, creators = 12, genres = 4, slate = 4;
  static constexpr std::uint32_t rounds = 6, recency = 3;  // rankers retrain after the first and the last
  static constexpr std::size_t window = (recency + 1) * creators;

  static PlatformNames plain() {
    return {own_names<UserId>(users), own_names<CreatorId>(creators), own_names<GenreId>(genres)};
  }
  static PlatformNames renamed() {
    return {other_names<UserId>(users, 0), other_names<CreatorId>(creators, 1),
            other_names<GenreId>(genres, 2)};
  }

  PlatformNames names;
  std::vector<UserId> user_called;
  std::vector<CreatorId> creator_called;
  World world;
  Items items;
  std::vector<ItemId> candidates;
  ShownItems shown{users, rounds* slate};
  PlatformTables tables;
  std::vector<UserId> everybody = own_names<UserId>(users);
  Draws happening{2000, Purpose::history};
  Workers workers;

  explicit LoggedPlatform(PlatformNames called)
      : names(std::move(called)),
        user_called(things_called(names.users)),
        creator_called(things_called(names.creators)) {
    for (std::size_t g = 0; g < genres; ++g) world.genres.push_back("genre " + std::to_string(g));
    for (const UserId user : user_called) {
      world.users.interests.push_back(std::vector<GenreId>{names.genres[user % genres]});
      world.users.activity.push_back(1);
    }
    for (const CreatorId creator : creator_called) {
      world.creators.history.push_back(std::vector<GenreCount>{{names.genres[genre_of(creator, 0)], 3}});
      world.creators.activity.push_back(1);
    }
    tables.genres = genres;
    tables.user_genre.resize(users * genres);
    tables.creator.resize(creators);
    tables.genre.resize(genres);
    tables.recent_clicks.resize(genres);
    tables.made.resize(genres);
  }

  /// Of the item that a creator makes in a round.
  GenreId genre_of(CreatorId creator, std::uint32_t round) const {
    return static_cast<GenreId>(happening.below(genres, creator, round, 0));
  }
  bool clicks(UserId user, CreatorId creator, std::uint32_t round) const {
    const double likes = genre_of(creator, round) == user % genres ? 0.7 : 0.2;
    const auto item = static_cast<std::uint32_t>(round * creators + creator);
    return happening.coin(likes + 0.2 * happening.uniform(creator, 0, 1), user, item, 2);
  }
  /// The name of what a creator made in a round: items are numbered by round, then by their makers' names.
  ItemId item_of(CreatorId creator, std::uint32_t round) const {
    return static_cast<ItemId>((round - 1) * creators + names.creators[creator]);
  }

  /// The place of a user and a candidate of the round after the last in a table of users x window, by what they are.
  std::size_t place_of(UserId name, ItemId item) const {
    const std::size_t age = items.born[item] + recency - (rounds + 1);
    return user_called[name] * window + age * creators + creator_called[items.creator[item]];
  }

  std::vector<PastInteraction> past() const {
    std::vector<PastInteraction> rows;
    for (UserId name = 0; name < users; ++name) {
      const UserId user = user_called[name];
      for (std::uint32_t i = 0; i < 6; ++i) {
        const CreatorId creator = happening.below(creators, user, i, 3);
        rows.push_back(
            {name, names.creators[creator], names.genres[genre_of(creator, 0)], clicks(user, creator, 0)});
      }
    }
    return rows;
  }

  void make_items(std::uint32_t round) {
    for (CreatorId name = 0; name < creators; ++name)
      items.add(name, names.genres[genre_of(creator_called[name], round)], round);
    candidates.clear();
    for (ItemId i = 0; i < items.size(); ++i) {
      if (items.born[i] + recency >= round) candidates.push_back(i);
    }
  }

  /// Everybody is shown items of different creators, made this round or the one before.
  RoundLog happen(std::uint32_t round) {
    RoundLog log;
    log.round = round;
    log.active_users = everybody;
    log.shown.reset(users, slate);
    log.clicked.assign(users * slate, 0);
    for (UserId name = 0; name < users; ++name) {
      const UserId user = user_called[name];
      const CreatorId first = happening.below(creators, user, round, 4);
      for (std::uint32_t place = 0; place < slate; ++place) {
        const auto creator = static_cast<CreatorId>((first + 5 * place) % creators);
        std::uint32_t made = round > 1 && happening.coin(0.4, user, round, 5 + place) ? round - 1 : round;
        if (shown.contains(name, item_of(creator, made))) made = round;
        const ItemId item = item_of(creator, made);
        const bool click = clicks(user, creator, made);
        log.shown.row(name)[place] = item;
        log.clicked[name * slate + place] = click ? 1 : 0;
        shown.add(name, item);
        ++items.shown[item];
        items.clicked[item] += click ? 1 : 0;
      }
    }
    tables.account(log, items);
    return log;
  }

  /// What a started ranker lists after all rounds: of each user every candidate it was not shown.
  Slates rank_all(Recommender& ranker, std::uint64_t seed) {
    for (std::uint32_t round = 1; round <= rounds; ++round) {
      make_items(round);
      ranker.learn(happen(round), items, tables, workers);
    }
    make_items(rounds + 1);
    Slates best;
    ranker.rank({.round = rounds + 1,
                 .users = everybody,
                 .candidates = candidates,
                 .items = items,
                 .shown = shown,
                 .tables = tables,
                 .depth = candidates.size(),
                 .draws = Draws(seed, Purpose::ranking, rounds + 1),
                 .workers = workers},
                best);
    return best;
  }
};

}  // namespace perennial
