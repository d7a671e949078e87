#pragma once

#include <memory>

#include "platform/recommend/factor_training.h"
#include "platform/recommend/recommender.h"

namespace perennial {

/// What rankers by user and item vectors have in common: they keep every interaction, train a FactorModel
/// before round 1 if there is a past, retrain it after rounds 1, 1 + retrain_every, .. from where it stood,
/// and rank by its logits.
class FactorRecommender : public Recommender {
 public:
  void start(const World& world, std::span<const PastInteraction> past, std::uint64_t seed) override;
  void rank(const RankRequest& request, Slates& best) override;
  bool scores_are_log_odds() const override { return true; }
  void learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
             Workers& workers) override;
  void persist(Archive& archive) override;

 protected:
  /// What to learn from the rows so far; refers to `rows` and `items`. With `ids_only`, rows without an item
  /// teach nothing.
  virtual std::unique_ptr<Objective> objective(const InteractionRows& rows, const Items& items,
                                               bool ids_only) = 0;

  Fields shared_fields();

 private:
  void retrain(std::uint32_t round, const Items& items, Workers& workers);

  FactorSettings model_settings_;
  TrainingSettings training_settings_;
  std::int64_t retrain_every_ = 5;

  std::uint64_t seed_ = 0;
  InteractionRows rows_;
  FactorModel model_;
  bool trained_ = false;
};

}  // namespace perennial
