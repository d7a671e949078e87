#include "platform/suggest/lore_reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {
namespace {

constexpr std::size_t most_reasons = 3;
constexpr std::size_t rows_at_once = 64;

/// An input that is not 0, and who it is about.
struct Input {
  CreatorId creator;
  bool is_trust;
  std::size_t column;
};

std::vector<Input> inputs_of(const LoreState& state, std::size_t genres) {
  std::vector<Input> inputs;
  for (CreatorId c = 0; c < state.made.size(); ++c) {
    inputs.push_back({c, false, lore_column(c, state.made[c], genres)});
    inputs.push_back({c, true, lore_trust_column(c, genres)});
  }
  return inputs;
}

SuggestionReason reason(const LoreState& state, const Input& input, double moves_logit) {
  const CreatorId c = input.creator;
  if (input.is_trust) return {fmt::format("predicted trust of creator {}", c), state.trust[c], moves_logit};
  if (state.made[c] == no_genre) return {fmt::format("creator {} made nothing last", c), 1, moves_logit};
  return {fmt::format("creator {} made genre {} last", c, state.made[c]), 1, moves_logit};
}

/// Inputs x outputs: how much lower each of the outputs would be without the input.
Matrix pushes(const LoreActor& actor, const LoreState& state, std::span<const Input> inputs,
              std::span<const std::size_t> outputs) {
  const Matrix whole = lore_inputs_of({}, &state, actor.genres());
  Mlp::Layers layers;
  const Matrix logits = actor.net().forward(whole, layers);
  Matrix moved(static_cast<Eigen::Index>(inputs.size()), static_cast<Eigen::Index>(outputs.size()));
  for (std::size_t begin = 0; begin < inputs.size(); begin += rows_at_once) {
    const std::size_t count = std::min(rows_at_once, inputs.size() - begin);
    Matrix without = whole.replicate(static_cast<Eigen::Index>(count), 1);
    for (std::size_t i = 0; i < count; ++i)
      without(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(inputs[begin + i].column)) = 0;
    const Matrix& out = actor.net().forward(without, layers);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t o = 0; o < outputs.size(); ++o) {
        const auto at = static_cast<Eigen::Index>(outputs[o]);
        moved(static_cast<Eigen::Index>(begin + i), static_cast<Eigen::Index>(o)) =
            logits(0, at) - out(static_cast<Eigen::Index>(i), at);
      }
    }
  }
  return moved;
}

std::vector<SuggestionReason> greatest(const LoreState& state, std::span<const Input> inputs,
                                       const Matrix& moved, Eigen::Index output) {
  std::vector<Eigen::Index> order(inputs.size());
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Eigen::Index a, Eigen::Index b) { return moved(a, output) > moved(b, output); });
  std::vector<SuggestionReason> reasons;
  for (std::size_t i = 0; i < std::min(most_reasons, order.size()); ++i) {
    reasons.push_back(
        reason(state, inputs[static_cast<std::size_t>(order[i])], double{moved(order[i], output)}));
  }
  return reasons;
}

}  // namespace

std::vector<ExplainedSuggestion> explain_lore(const LoreActor& actor, const LoreState& state,
                                              std::span<const CreatorId> asked) {
  const std::size_t options = actor.options(), genres = actor.genres();
  const Matrix log_probabilities = actor.log_probabilities(state);
  std::vector<ExplainedSuggestion> explained;
  std::vector<std::size_t> outputs;
  for (const CreatorId c : asked) {
    explained.push_back({c, no_genre, std::vector<double>(options, 0.0), {}});
    auto& probabilities = explained.back().probabilities;
    if (c >= actor.creators()) {
      probabilities.back() = 1;
      continue;
    }
    for (std::size_t o = 0; o < options; ++o)
      probabilities[o] = std::exp(double{log_probabilities(c, static_cast<Eigen::Index>(o))});
    const auto chosen = static_cast<std::size_t>(
        std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
    explained.back().suggestion = chosen == genres ? no_genre : static_cast<GenreId>(chosen);
    outputs.push_back(c * options + chosen);
  }
  const auto inputs = inputs_of(state, genres);
  const Matrix moved = pushes(actor, state, inputs, outputs);
  Eigen::Index next = 0;
  for (auto& suggestion : explained) {
    if (suggestion.creator < actor.creators()) suggestion.reasons = greatest(state, inputs, moved, next++);
  }
  return explained;
}

}  // namespace perennial
