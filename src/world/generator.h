#pragma once

#include <cstdint>
#include <vector>

#include "base/random.h"
#include "world/definition.h"
#include "world/world.h"

namespace perennial {

/// A world of any size. `users` or `creators` = 0 takes the definition's own number. A pure function of its
/// arguments in which user u and creator c do not depend on how many others there are, so a larger world
/// contains the smaller one.
World generate(const WorldDefinition& definition, std::size_t users, std::size_t creators,
               std::uint64_t seed);

/// Draws users' interests: first how many, then one genre after the other, in proportion to interest_weight
/// times the lifts of the genres already taken.
class InterestSampler {
 public:
  explicit InterestSampler(const WorldDefinition& definition);

  /// The interests of one user, ascending. `into` is overwritten.
  void draw(const Draws& draws, UserId user, std::vector<GenreId>& into);

 private:
  std::vector<double> counts_, weights_;
  std::vector<double> lifts_;  // genres x genres
  std::vector<double> left_;   // weights of the genres not yet taken
};

/// Draws creators' pasts: main genre, how many genres, how many items, what share of them in the main genre
/// (uniform around top_genre_share); the others share the rest evenly.
class HistorySampler {
 public:
  explicit HistorySampler(const WorldDefinition& definition);

  /// The past of one creator, ascending by genre. `into` is overwritten.
  void draw(const Draws& draws, CreatorId creator, std::vector<GenreCount>& into);

 private:
  void draw_sides(const Draws& draws, CreatorId creator, std::size_t sides, std::vector<GenreCount>& into);

  std::vector<double> primary_, counts_, side_weights_, items_;
  double items_log_deviation_, top_genre_share_;
  std::vector<double> left_;
};

}  // namespace perennial
