#pragma once

#include <functional>

#include "study/creator_panel.h"
#include "study/experiment_study.h"
#include "study/platform_forks.h"

namespace perennial {

/// Plays the rounds before an experiment, from the simulation's first on, and logs them. Throws Error(interrupted).
CreatorLogs play_before(Simulation& simulation, std::int64_t rounds,
                        const std::function<void(const RoundMetrics&)>& played);

/// What the parts of a study share: the platform before the experiment and what it logged of its creators.
struct StudyStage {
  const Plan& plan;
  const std::vector<std::string>& genres;
  const CreatorLogs& logs;
  PlatformForks& forks;
  Workers& workers;

  std::uint32_t rounds() const { return static_cast<std::uint32_t>(plan.rounds); }
  /// Seeds of futures, of its own for each part; none is the platform's.
  std::uint64_t future(std::uint64_t part, std::size_t number) const;
  /// What hashes are salted with, of its own for each part and number.
  std::string salt(const std::string& part, std::size_t number = 0) const;
};

/// Boosts every creator once, in batches drawn by hash, in each of several futures.
TrueEffects true_effects(const StudyStage& stage);

/// Every design at every share.
std::vector<DesignCell> design_cells(const StudyStage& stage, const TrueEffects& truth);

/// Learns from one experiment's logs alone, then holds the score against the truth.
LearnedScore learn_score(const StudyStage& stage, const CreatorTable& table, const TrueEffects& truth);

/// Boosts by the score, by a permutation of it, by two truths and not at all. `after`: forks of the platform after the
/// experiment; `exposure`: impressions per creator, by which factors are centred.
std::vector<DeployedBoost> deploy_score(const StudyStage& stage, PlatformForks& after,
                                        const std::vector<double>& score, const TrueEffects& truth,
                                        const std::vector<double>& exposure);

}  // namespace perennial
