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
/// happened. Plain columns; 15 bytes a row.
struct InteractionRows {
  std::vector<UserId> user;
  std::vector<ItemId> item;
  std::vector<CreatorId> creator;
  std::vector<GenreId> genre;
  std::vector<std::uint8_t> clicked;

  std::size_t size() const { return user.size(); }
  UserItem pair(std::size_t row) const { return {user[row], item[row], creator[row], genre[row]}; }

  void add(const UserItem& pair, bool click);
  void add_past(std::span<const PastInteraction> past);
  void add_round(const RoundLog& log, const Items& items);
  void persist(Archive& archive) { archive(user, item, creator, genre, clicked); }
};

}  // namespace perennial
