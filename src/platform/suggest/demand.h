#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "world/ids.h"

namespace perennial {

/// What a further item of each genre is worth, given what else is being made: a fluid model of one round.
///
/// A user who arrives with probability a finds supply_g / a new items of genre g and fills its slate of k from the genre
/// it likes best downwards. One more item of g displaces the genre at which its slate runs full, so it is worth
/// sum over users of max(0, rate(u, g) - rate(u, that genre)) clicks (rate(u, g) while slates are not full).
class Demand {
 public:
  /// `rates`: users x genres, click probabilities; `arrival`: per user, (0, 1]. Beyond `most_users` users an evenly spaced
  /// part of them stands for all.
  Demand(std::span<const double> rates, std::span<const double> arrival, std::size_t genres,
         std::size_t slate, std::size_t most_users = 2000);

  /// Clicks per round that one more item of each genre would add to `supply` (items per round and genre).
  /// Writes one value per genre.
  void marginal_clicks(std::span<const double> supply, std::span<double> clicks) const;

  /// The same in two parts, for items of a quality other than 1: clicks that such an item of quality 1 draws, and clicks
  /// on what it displaces. An item of quality q adds q x drawn - displaced.
  void marginal_clicks(std::span<const double> supply, std::span<double> drawn,
                       std::span<double> displaced) const;

 private:
  struct Taste {
    GenreId genre;
    double rate;
  };
  /// Where a user's slate runs full: the place of that genre among its tastes (genres_ if nowhere).
  std::size_t full_at(std::size_t user, std::span<const double> supply) const;

  std::size_t genres_;
  double slate_;
  double weight_ = 1;            // real users per user kept
  std::vector<double> arrival_;  // per user kept
  std::vector<Taste> tastes_;    // users kept x genres, best first
};

}  // namespace perennial
