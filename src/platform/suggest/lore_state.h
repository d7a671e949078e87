#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nn/matrix.h"
#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// What LoRe's networks see: for every creator there was before round 1 (row i = CreatorId i) what it made in the last
/// round and its predicted trust. The order of rows carries meaning: the networks have weights per creator.
struct LoreState {
  std::vector<GenreId> made;  ///< no_genre = nothing
  std::vector<float> trust;
};

/// The state before a round.
LoreState lore_state(const SuggestionRequest& request, std::size_t creators);
/// The state after a round, with trust as predicted before it.
LoreState lore_state(const RoundLog& log, const Items& items, std::span<const float> trust);

inline std::size_t lore_inputs(std::size_t creators, std::size_t genres) {
  return creators * (genres + 2);
}
/// Columns of a creator: nothing, genres in order, trust.
inline std::size_t lore_column(CreatorId creator, GenreId made, std::size_t genres) {
  return creator * (genres + 2) + (made == no_genre ? 0 : 1 + made);
}
inline std::size_t lore_trust_column(CreatorId creator, std::size_t genres) {
  return creator * (genres + 2) + genres + 1;
}
/// The state as a row of lore_inputs() numbers, which must be 0.
void write_inputs(const LoreState& state, std::size_t genres, float* row);

/// One round as LoRe learns from it. `chosen` has one option per creator of the state: a genre, `genres` for no suggestion,
/// or not_asked for one that was not about to create: its row is not part of the joint action.
struct LoreRound {
  static constexpr std::uint16_t not_asked = 0xFFFF;

  LoreState state;
  std::vector<std::uint16_t> chosen;
  double reward = 0;

  void persist(Archive& archive) { archive(state.made, state.trust, chosen, reward); }
};

/// Consecutive rounds on one platform, and the state after them.
struct LoreTrajectory {
  std::vector<LoreRound> rounds;
  LoreState after;

  void persist(Archive& archive);
};

/// Saves or restores a list of rounds.
void persist(Archive& archive, std::vector<LoreRound>& rounds);

/// Rounds' states as rows, and after them `after` where there is one.
Matrix lore_inputs_of(std::span<const LoreRound> rounds, const LoreState* after, std::size_t genres);

}  // namespace perennial
