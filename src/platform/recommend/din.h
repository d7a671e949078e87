#pragma once

#include "platform/recommend/din_model.h"
#include "platform/recommend/din_training.h"
#include "platform/recommend/recommender.h"

namespace perennial {

/// Deep Interest Network: the logit of a click, given the user's last clicks, fitted by binary cross-entropy to interactions
/// and impressions. Retrained after rounds 1, 1 + retrain_every, .. from where it stood, on the rows of the newest `window`
/// rounds; before round 1 on the past.
class DeepInterestNetwork final : public Recommender {
 public:
  Fields fields() override;
  void start(const World& world, std::span<const PastInteraction> past, std::uint64_t seed) override;
  void rank(const RankRequest& request, Slates& best) override;
  bool scores_are_log_odds() const override { return true; }
  void learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
             Workers& workers) override;
  void persist(Archive& archive) override;

 private:
  void retrain(std::uint32_t round, const Items& items, Workers& workers);

  DinSettings model_settings_;
  TrainingSettings training_settings_;
  std::int64_t retrain_every_ = 5;
  std::int64_t window_ = 10;

  std::uint64_t seed_ = 0;
  std::size_t users_ = 0;
  InteractionRows rows_;
  ClickHistories histories_;  // of rows_
  DinModel model_;
  bool trained_ = false;
};

}  // namespace perennial
