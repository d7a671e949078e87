#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "world/statistics.h"
#include "world/world.h"

namespace perennial {

/// A genre of a generated world.
struct GenreDefinition {
  std::string name;
  double interest_weight = 0;  ///< how readily users take it up; >= 0, only ratios matter
  double primary_share = 0;    ///< share of creators whose main genre it is; >= 0, only ratios matter
  double side_weight = 0;      ///< how readily other creators make it on the side; >= 0, only ratios matter
  double items = 1;            ///< past items of a creator whose main genre it is, mean; >= 1
};

/// Who holds one of two interests takes up the other `lift` times as readily.
struct PairLift {
  GenreId a;
  GenreId b;
  double lift;  ///< > 0
};

/// The parameters of a world generator. Weights are fitted so that the worlds made have the shares they were
/// fitted to (see fit.h); how they are used is in generator.h.
struct WorldDefinition {
  std::string name;
  std::string summary;  ///< one sentence
  std::vector<GenreDefinition> genres;

  std::int64_t users = 100;  ///< how many, when nobody asks for a number
  double user_activity = 0.5;
  std::vector<double> interests_per_user;  ///< share of users with 1, 2, 3, .. interests
  std::vector<PairLift> pair_lifts;        ///< pairs not listed have lift 1

  std::int64_t creators = 50;  ///< how many, when nobody asks for a number
  double creator_activity = 0.5;
  bool activity_from_frequency = false;  ///< draw a creator's activity from the two below instead
  double frequency_log_mean = 0;  ///< log of items per round: activity = min(1, exp(normal(mean, deviation)))
  double frequency_log_deviation = 0;
  std::vector<double> genres_per_creator;  ///< share of creators with 1, 2, 3, .. genres
  double top_genre_share = 1;      ///< of its items, of a creator with two genres or more: mean, in [0.5, 1]
  double items_log_deviation = 0;  ///< standard deviation of log(past items) around its genre's mean

  std::string facts_source;  ///< where the facts below come from
  std::vector<Fact> facts;   ///< of the real world it stands for; may be empty
};

/// Throws Error(invalid_data) naming the first rule broken: no genres, repeated names, shares that do not add
/// up to one, more interests than genres, numbers out of range. `place` starts the sentence.
void validate(const WorldDefinition& definition, const std::string& place);

}  // namespace perennial
