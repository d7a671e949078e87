#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "world/world.h"

namespace perennial {

/// How many users hold both interests. a < b.
struct PairShare {
  GenreId a;
  GenreId b;
  double share;
};

/// What there is to say of a world before anything happens in it. Shares lie in [0, 1].
struct WorldStatistics {
  std::vector<std::string> genres;
  std::size_t users = 0;
  std::size_t creators = 0;
  std::size_t past_clicks = 0;

  std::vector<double> interests_per_user;   ///< share of users with 1, 2, 3, .. interests
  std::vector<double> user_interest_share;  ///< share of users interested, row = GenreId
  std::vector<PairShare> pairs;             ///< all that occur, most common first
  double shared_interest = 0;               ///< probability that two different users share an interest
  double three_genres_reach = 0;  ///< share of users interested in one of the three most popular genres
  double user_activity = 0;       ///< mean

  std::vector<double> genres_per_creator;  ///< share of creators with 1, 2, 3, .. genres
  std::vector<double>
      creator_primary_share;  ///< share of creators who make it most (ties: lowest id), row = GenreId
  std::vector<double> item_genre_share;  ///< share of past items, row = GenreId
  double genre_entropy_nats = 0;         ///< of item_genre_share
  double top_genre_share = 1;            ///< of a creator's items, mean over creators with two genres or more
  double items_per_creator = 0;          ///< mean
  double items_log_deviation = 0;        ///< standard deviation of log(items) over creators
  double creator_activity = 0;           ///< mean
  double activity_log_mean = 0;          ///< of log(activity), over creators who are ever active
  double activity_log_deviation = 0;
};

/// Counts a valid world; exact, no sampling.
WorldStatistics statistics_of(const World& world);

/// Mean of a distribution over 1, 2, 3, ..
double mean_count(const std::vector<double>& shares);

/// A number known of the real world that a definition stands for.
struct Fact {
  std::string name;  ///< a name of fact_kinds()
  double value;
};

/// What facts can be about, and what a world says to it.
struct FactKind {
  std::string name;   ///< "two_users_share_an_interest"
  std::string label;  ///< "two users share an interest (probability)"
  double (*measure)(const WorldStatistics&);
};

const std::vector<FactKind>& fact_kinds();

/// A real number beside that of a world.
struct FactComparison {
  std::string label;
  double real;
  double here;
};

/// In the order of `facts`.
std::vector<FactComparison> compare_with(const std::vector<Fact>& facts, const WorldStatistics& statistics);

}  // namespace perennial
