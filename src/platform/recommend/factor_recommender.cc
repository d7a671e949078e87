#include "platform/recommend/factor_recommender.h"

#include "platform/recommend/factor_ranking.h"

namespace perennial {

Fields FactorRecommender::shared_fields() {
  Fields fields;
  fields.include(model_settings_.fields())
      .include(training_settings_.fields())
      .integer("retrain_every", retrain_every_, {1, 1000000},
               "rounds between retrainings; the first is after round 1");
  return fields;
}

void FactorRecommender::start(const World& world, std::span<const PastInteraction> past, std::uint64_t seed) {
  seed_ = seed;
  model_.start(model_settings_, world.users.size(), world.creators.size(), world.genres.size(), seed);
  trained_ = false;
  rows_ = {};
  rows_.add_past(past);
  Workers alone;
  retrain(0, Items{}, alone);
}

void FactorRecommender::rank(const RankRequest& request, Slates& best) {
  rank_by_factors(model_, request, best);
}

void FactorRecommender::learn(const RoundLog& log, const Items& items, const PlatformTables&,
                              Workers& workers) {
  rows_.add_round(log, items);
  if ((log.round - 1) % retrain_every_ == 0) retrain(log.round, items, workers);
}

void FactorRecommender::retrain(std::uint32_t round, const Items& items, Workers& workers) {
  model_.grow(items);
  const auto what = objective(rows_, items, !model_settings_.with_features());
  if (what->size() == 0) return;
  if (!trained_) model_.set_base(what->base());
  trained_ = true;
  train(model_, *what, training_settings_, Draws(seed_, Purpose::training, round), workers);
}

void FactorRecommender::persist(Archive& archive) {
  archive(seed_, trained_);
  rows_.persist(archive);
  model_.persist(archive);
}

}  // namespace perennial
