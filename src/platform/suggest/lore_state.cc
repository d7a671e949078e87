#include "platform/suggest/lore_state.h"

#include <algorithm>

namespace perennial {

LoreState lore_state(const SuggestionRequest& request, std::size_t creators) {
  LoreState state{std::vector<GenreId>(creators, no_genre), std::vector<float>(creators)};
  const std::size_t known = std::min(creators, request.predicted_trust.size());
  for (std::size_t c = 0; c < known; ++c) state.trust[c] = static_cast<float>(request.predicted_trust[c]);
  const Items& items = request.items;
  for (std::size_t i = items.size(); i-- > 0 && items.born[i] + 1 >= request.round;) {
    if (items.creator[i] < creators && items.born[i] + 1 == request.round)
      state.made[items.creator[i]] = items.genre[i];
  }
  return state;
}

LoreState lore_state(const RoundLog& log, const Items& items, std::span<const float> trust) {
  LoreState state{std::vector<GenreId>(trust.size(), no_genre), {trust.begin(), trust.end()}};
  for (const ItemId item : log.made) {
    if (items.creator[item] < trust.size()) state.made[items.creator[item]] = items.genre[item];
  }
  return state;
}

void write_inputs(const LoreState& state, std::size_t genres, float* row) {
  for (CreatorId c = 0; c < state.made.size(); ++c) {
    row[lore_column(c, state.made[c], genres)] = 1;
    row[lore_trust_column(c, genres)] = state.trust[c];
  }
}

void persist(Archive& archive, std::vector<LoreRound>& rounds) {
  auto count = static_cast<std::uint64_t>(rounds.size());
  archive(count);
  if (archive.reading()) rounds.clear();
  for (std::uint64_t i = 0; i < count; ++i) {
    if (archive.reading()) rounds.emplace_back();
    rounds[i].persist(archive);
  }
}

void LoreTrajectory::persist(Archive& archive) {
  perennial::persist(archive, rounds);
  archive(after.made, after.trust);
}

Matrix lore_inputs_of(std::span<const LoreRound> rounds, const LoreState* after, std::size_t genres) {
  const std::size_t creators = after != nullptr ? after->made.size()
                               : rounds.empty() ? 0
                                                : rounds.front().state.made.size();
  Matrix inputs = Matrix::Zero(static_cast<Eigen::Index>(rounds.size() + (after != nullptr ? 1 : 0)),
                               static_cast<Eigen::Index>(lore_inputs(creators, genres)));
  Eigen::Index row = 0;
  for (const LoreRound& round : rounds) write_inputs(round.state, genres, inputs.row(row++).data());
  if (after != nullptr) write_inputs(*after, genres, inputs.row(row).data());
  return inputs;
}

}  // namespace perennial
