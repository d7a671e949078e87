#pragma once

#include <string>
#include <vector>

#include "world/ids.h"
#include "world/ragged.h"

namespace perennial {

/// How many items a creator made in a genre before round 1. count >= 1.
struct GenreCount {
  GenreId genre;
  std::uint32_t count;
};

/// The people who look. Row = UserId.
struct Users {
  Ragged<GenreId> interests;     ///< ascending, no repeats, at least one
  std::vector<double> activity;  ///< probability to arrive in a round, [0, 1]

  std::size_t size() const { return activity.size(); }
};

/// The people who make. Row = CreatorId.
struct Creators {
  Ragged<GenreCount> history;    ///< ascending by genre, at least one
  std::vector<double> activity;  ///< probability to create in a round, [0, 1]

  std::size_t size() const { return activity.size(); }
};

/// Something a user liked before round 1; creator or genre may be unknown (no_creator, no_genre).
struct PastClick {
  UserId user;
  CreatorId creator;
  GenreId genre;
};

/// Who is there before round 1: users, creators, genres and what the platform already knows of them. Plain values.
struct World {
  std::string name;
  std::vector<std::string> genres;  ///< index = GenreId
  Users users;
  Creators creators;
  std::vector<PastClick> past_clicks;  ///< ascending by user; may be empty (the simulator then draws some)
};

/// Throws Error(invalid_data) naming the first thing in `world` that breaks a rule stated above: sizes that differ, an
/// interest that is no genre, a creator without genre, a probability outside [0, 1], no users, no creators.
void validate(const World& world);

}  // namespace perennial
