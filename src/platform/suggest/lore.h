#pragma once

#include "platform/suggest/convergence.h"
#include "platform/suggest/lore_actor.h"
#include "platform/suggest/lore_critic.h"

namespace perennial {

/// LoRe as its paper prints it: one network reads what every creator made last and how far it is trusted to follow, and
/// chooses all suggestions at once; the whole round's clicks reward them together (PPO with the ratio of joint
/// probabilities, generalized advantages, a critic learned by one-step temporal differences).
///
/// What the paper leaves open is decided so. Creators not about to create have no part in the joint action. The network has
/// inputs and outputs for the creators there before round 1: later ones are told nothing. Warm-up rounds teach nothing, and
/// are left out by an actor that has learned before. The state after the last round of a batch takes trust as predicted
/// before that round: the next prediction is not made yet. Advantages are normalised over a batch unless told otherwise:
/// without that a critic that starts at 0 makes every early choice look good.
class LorePolicy final : public SuggestionPolicy, public LearnedPolicy {
 public:
  Fields fields() override;
  /// Throws Error(invalid_argument) when the hidden layers do not suit the platform (hidden_layers.h).
  void start(const PlatformShape& shape) override;
  void suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) override;
  void learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
             Workers& workers) override;
  void persist(Archive& archive) override;
  LearnedPolicy* learned() override { return this; }

  /// Reading forgets rounds not learned from yet: another actor chose them.
  void persist_knowledge(Archive& archive) override;
  bool tied_to_platform() const override { return true; }
  LearningProgress progress() const override { return progress_; }
  void update_alone(bool alone) override { alone_ = alone; }
  bool update_due() const override;
  void update(std::span<LearnedPolicy* const> copies, Workers& workers) override;
  /// Examples are learned N rounds at a time, in M epochs; fewer wait for more.
  void imitate(const SuggestionRequest& request, std::span<const GenreId> suggested) override;
  std::vector<ExplainedSuggestion> explain(const SuggestionRequest& request) const override;

 private:
  struct Batch;

  bool warming_up(std::uint32_t round) const;
  double reward_of(const RoundLog& log, const Items& items) const;
  Batch batch_of(std::span<LorePolicy* const> copies);
  LoreActor::Outcome train(const Batch& batch, Workers& workers);
  void update_from(std::span<LorePolicy* const> copies, Workers& workers);
  void forget_rounds();

  std::string preset_ = "paper";
  std::string hidden_;
  std::string reward_ = "all";
  double actor_rate_ = 1e-4, critic_rate_ = 1e-3;
  double clip_ = 0.2, gamma_ = 0.98, lambda_ = 0.95;
  std::int64_t rounds_ = 20, epochs_ = 10, warm_up_ = 20;
  bool normalise_ = true;

  LoreActor actor_;
  LoreCritic critic_;
  LoreTrajectory trajectory_;
  LoreRound suggested_;              // this round's, until it is learned
  std::uint32_t suggested_in_ = 0;   // 0 = none
  std::uint32_t learned_until_ = 0;  // the latest round of the trajectory
  std::vector<LoreRound> examples_;
  Convergence convergence_;
  LearningProgress progress_;
  bool alone_ = true;
};

}  // namespace perennial
