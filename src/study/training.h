#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "platform/suggest/saved_policy.h"
#include "study/comparison.h"
#include "study/plan.h"
#include "study/recorded_run.h"
#include "world/catalogue.h"
#include "world/platform_logs.h"

namespace perennial {

/// One round of training: mean clicks over the copies, and how learning goes (LearningProgress, of the latest update).
struct TrainingRound {
  double clicks;
  double silent;  ///< of the same round on the same seeds, with nothing suggested
  double random;  ///< the same, with random suggestions
  double policy_loss;
  double entropy_nats;
  double clip_share;
  double explained_variance;
  std::uint64_t updates;  ///< so far
};

/// A policy that learns on several copies of a platform at once: each has people and coins of its own (a seed), all play
/// under one policy, which is updated from what all of them have collected. `silent` and `random` play beside it on the
/// same seeds.
///
/// Deterministic: plan and world fix every byte of the policy, whatever the number of threads, and whether or not the
/// training was saved and taken up again in between.
class Training {
 public:
  /// `plan` names one policy; its seeds are the copies. `workers` must outlive the training. Throws
  /// Error(invalid_argument) for a policy that does not learn, is frozen or cannot play there.
  Training(const Plan& plan, const WorldSource& source, Workers& workers);

  /// Before the first round: has the policy imitate what another suggested on the platform that the logs tell of, in one pass
  /// (replay.h). Throws Error(invalid_argument) for a policy tied to other genres or creators than those.
  void imitate(const PlatformLogs& logs);

  /// Plays up to and including round `rounds`. After each round calls `after_round`; stops early when that says false.
  /// Returns whether the last round was reached.
  bool play(std::uint32_t rounds, const std::function<bool()>& after_round);

  std::uint32_t round() const { return static_cast<std::uint32_t>(rounds_.size()); }
  const std::vector<TrainingRound>& rounds() const { return rounds_; }
  LearningProgress progress() const { return copies_.front()->progress(); }

  /// What the policy knows now.
  SavedPolicy policy();

  /// The trained policy, silent and random over the copies' seeds, so far.
  Comparison comparison() const;

  /// Saves or restores everything.
  void persist(Archive& archive);

 private:
  void play_round();
  double latest_clicks(std::size_t policy) const;  // mean over the copies

  Plan plan_;
  Workers* workers_;
  World first_world_;
  std::vector<RecordedRun> runs_;  // the copies, then silent on each seed, then random on each
  std::vector<LearnedPolicy*> copies_;
  std::vector<TrainingRound> rounds_;
};

}  // namespace perennial
