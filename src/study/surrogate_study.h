#pragma once

#include <functional>
#include <string>
#include <vector>

#include "llm/asking.h"
#include "study/interval.h"
#include "study/plan.h"
#include "study/surrogate_fit.h"
#include "world/catalogue.h"

namespace perennial {

/// What a surrogate says of people whose decisions it was not fitted to.
struct HeldOutCheck {
  Surrogate fitted;  ///< to the other half of the people
  std::array<RepeatRate, feedback_fifths> repeat;
  WatchRates watched;
  double bits_fitted = 0, bits_published = 0,
         bits_constant = 0;  ///< log-loss of repeating or not, per decision
};

/// One seed's platform, by who its people are.
struct SurrogateSeed {
  std::uint64_t seed = 0;
  std::vector<double> observed, fitted, published;  ///< clicks by round
};
/// Clicks per round, one value per seed.
std::vector<double> clicks_per_round(const std::vector<SurrogateSeed>& seeds,
                                     std::vector<double> SurrogateSeed::*people);

/// Rules fitted to the decisions of other people, language models above all, and how well they stand in for them.
struct SurrogateStudy {
  Plan plan;            ///< whose people were observed
  Plan surrogate_plan;  ///< the same platform with the fitted rules as its people
  std::string people;   ///< who was observed, in words
  PeopleDecisions decisions;
  Surrogate published;  ///< the rules as they come: fitted to what was published of language models
  Surrogate fitted;     ///< to all decisions
  std::array<RepeatRate, feedback_fifths> repeat;  ///< of all creators observed
  WatchRates watched;                              ///< of all users observed
  HeldOutCheck held_out;
  std::vector<SurrogateSeed> seeds;
  AnswerCounts user_answers, creator_answers;
};

/// How such a study is watched. Throws what Chat::ask does; answers are kept by who answers, so the same call goes on.
struct SurrogateControl {
  std::size_t threads = 1;
  std::function<void()> played = {};  ///< after every round, in the calling thread
  Chat* chat = nullptr;               ///< for people who are language models
};

/// Rounds that study_surrogate will play.
std::uint64_t rounds_of_surrogate(const Plan& plan);

/// Plays the plan's first policy on all its seeds and notes every decision; fits the rules to half of the people and holds them
/// against the other half; then fits them to all and plays the same seeds with the rules instead, under the same coins.
SurrogateStudy study_surrogate(const Plan& plan, const WorldSource& source, const SurrogateControl& control);

}  // namespace perennial
