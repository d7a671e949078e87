#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "simulate/simulation.h"

namespace perennial {

/// A creator's decision on its own: repeat its last genre, or move to another.
struct CreatorDecision {
  std::uint32_t person;  ///< creator and seed: who it was, for all its decisions the same number
  std::uint8_t fifth;    ///< of feedback on its latest item, 0 (least) to 4, among all creators present
  bool repeated;         ///< made its last genre
  bool made_trending;    ///< made the genre that is trending
  bool trending;         ///< there is one
  bool knew;             ///< knew the genre it made
  double
      known_weight;  ///< of the genre made, its share of average clicks among the other genres it knows; else 0
  std::uint32_t known_other;  ///< how many other genres it knows
  std::uint32_t unknown;      ///< how many it does not
};

/// What a user answered to items that it was shown, by whether their genre is among its interests.
struct UserDecisions {
  struct Shown {
    std::uint64_t items = 0, clicked = 0;
    double quality = 0;  ///< sum over items
  };
  Shown in_interest, out_of_interest;
};

/// How people decided in one run, whoever they are.
struct PeopleDecisions {
  std::vector<CreatorDecision> creators;  ///< in order of time, then of creators
  std::vector<UserDecisions> users;       ///< row = UserId
  std::vector<double> clicks;             ///< by round; of a single run only

  /// Adds decisions of another run: other people.
  void append(const PeopleDecisions& other);
};

/// Plays `rounds` rounds and writes down who decided what: creators who followed a suggestion did not decide, and one who has
/// nowhere else to go does not either. Throws what Simulation::play_round does.
PeopleDecisions observe_decisions(Simulation& simulation, std::uint32_t rounds,
                                  const std::function<void()>& played);

}  // namespace perennial
