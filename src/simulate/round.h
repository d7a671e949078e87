#pragma once

#include <array>
#include <functional>
#include <optional>

#include "simulate/simulation.h"

namespace perennial {

/// All that a phase of the round may touch.
struct Stage {
  const SimulationOptions& options;
  Players& players;
  Ecosystem& ecosystem;
  Resources resources;

  Workers& workers() const { return *resources.workers; }

  /// This round's draws for one purpose.
  Draws draws(Purpose purpose) const { return {ecosystem.seed, purpose, ecosystem.round}; }
};

/// Plays one round: eight phases, each timed into `seconds`.
void play(Stage& stage, std::array<double, phase_count>& seconds);
/// The same in two: the first two phases, then the others.
void play_to_suggestions(Stage& stage, std::array<double, phase_count>& seconds);
void play_from_suggestions(Stage& stage, std::array<double, phase_count>& seconds);

void arrive(Stage& stage);   ///< who is active; who leaves for good; who joins
void suggest(Stage& stage);  ///< the platform sends each active creator a suggestion: a genre, or nothing
void create(Stage& stage);   ///< a creator follows it or decides alone; new items appear
void rank(Stage& stage);     ///< the recommender lists candidates for each active user
void rerank(Stage& stage);   ///< each gets a slate: the first of the list, or what the re-ranker makes of it
void respond(Stage& stage);  ///< users click or skip
void account(Stage& stage);  ///< clicks reach items and creators; trust, skill, activity, incentive move on
void learn(Stage& stage);    ///< recommender and policy take in what happened

/// How many places per user a re-ranker decides on: the slate, and the one that just misses it.
std::size_t shown_and_missed(const SimulationOptions& options);
/// The re-ranker that has the last word in this round; null where there is none yet.
Reranker* reranker_now(const Stage& stage);

/// Whom this round's people may ask, counting into `counts`; nothing where no language model is at hand.
std::optional<Asking> asking_of(const Stage& stage, AnswerCounts& counts);

/// Calls `use` with what the policy is asked in this round.
void with_request(Stage& stage, const std::function<void(const SuggestionRequest&)>& use);
void users_arrive(
    Stage& stage);  ///< the part of `arrive` that is about users; again with other coins, if they changed

}  // namespace perennial
