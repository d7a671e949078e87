#pragma once

#include "platform/suggest/convergence.h"
#include "platform/suggest/difference_reward.h"
#include "platform/suggest/outlook.h"
#include "platform/suggest/round_critic.h"
#include "platform/suggest/suggestion_network.h"

namespace perennial {

/// Learns what to suggest while it plays: one small network, shared by all creators and genres, reads what the platform
/// expects (outlook.h, suggestion_features.h) and is moved by PPO towards suggestions that added clicks
/// (difference_reward.h). Serves any number of creators and genres, and those who join.
class LoreDPolicy final : public SuggestionPolicy, public LearnedPolicy {
 public:
  Fields fields() override;
  void start(const PlatformShape& shape) override;
  void suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) override;
  bool expected_gains(const SuggestionRequest& request, std::span<const GenreId> suggested,
                      std::span<double> gains) const override;
  void learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
             Workers& workers) override;
  void persist(Archive& archive) override;
  LearnedPolicy* learned() override { return this; }

  void persist_knowledge(Archive& archive) override;
  LearningProgress progress() const override { return progress_; }
  void update_alone(bool alone) override { alone_ = alone; }
  bool update_due() const override;
  void update(std::span<LearnedPolicy* const> copies, Workers& workers) override;
  void imitate(const SuggestionRequest& request, std::span<const GenreId> suggested) override;
  std::vector<ExplainedSuggestion> explain(const SuggestionRequest& request) const override;
  std::vector<std::string> assumptions(const SuggestionRequest& request) const override;

 private:
  Outlook outlook_for(const SuggestionRequest& request, const PracticeModel& practice) const;
  PracticeModel practice_to_advise_by(const SuggestionRequest& request) const;
  Decisions undecided(const SuggestionRequest& request, const Matrix& features) const;
  void open_round(const SuggestionRequest& request, const Matrix& features, Outlook outlook,
                  Decisions decisions, bool own);
  std::vector<double> critic_advantages(std::span<LearnedPolicy* const> copies);

  // Settings.
  PpoOptions ppo_;
  CriticOptions critic_options_;
  double prior_ = 6;
  double smoothing_ = 2;
  std::int64_t hidden_ = 32;
  std::int64_t rounds_per_update_ = 5;
  std::int64_t window_ = 2;
  std::int64_t horizon_ = 1;

  // Knowledge.
  SuggestionNetwork network_;
  RoundCritic critic_;
  PracticeModel trained_practice_;  // of all copies up to the latest update; play measures its own instead

  // This run.
  PlatformShape shape_{};
  bool alone_ = true;
  PracticeModel practice_;
  std::vector<double> rates_;  // users x genres, before the round being played
  DifferenceReward reward_;
  Decisions finished_;    // credited, waiting for an update
  RoundHistory history_;  // for the critic; empty without one
  Convergence convergence_;
  std::uint32_t round_ = 0;
  LearningProgress progress_;
};

}  // namespace perennial
