#pragma once

#include <cstdint>
#include <vector>

#include "platform/recommend/recommender.h"

namespace perennial {

/// Who met what: unknown parts are no_item, no_creator, no_genre.
struct UserItem {
  UserId user;
  ItemId item;
  CreatorId creator;
  GenreId genre;
};

/// What a trained ranker learns from: past interactions, then every impression since, in the order they
/// happened. Plain columns; 15 bytes a row, 8 a round.
struct InteractionRows {
  std::vector<UserId> user;
  std::vector<ItemId> item;
  std::vector<CreatorId> creator;
  std::vector<GenreId> genre;
  std::vector<std::uint8_t> clicked;
  std::vector<std::size_t>
      rounds;  ///< where each round begins; what comes before the first was before round 1

  std::size_t size() const { return user.size(); }
  UserItem pair(std::size_t row) const { return {user[row], item[row], creator[row], genre[row]}; }

  /// Where the rows of the r-th round end.
  std::size_t end_of_round(std::size_t r) const { return r + 1 < rounds.size() ? rounds[r + 1] : size(); }
  /// The first row of the newest `count` rounds; 0 when there are no more rounds than that, or count is 0.
  std::size_t first_of_newest(std::size_t count) const {
    return count == 0 || rounds.size() <= count ? 0 : rounds[rounds.size() - count];
  }

  void add(const UserItem& pair, bool click);
  void add_past(std::span<const PastInteraction> past);
  void add_round(const RoundLog& log, const Items& items);
  void persist(Archive& archive) { archive(user, item, creator, genre, clicked, rounds); }
};

}  // namespace perennial
