#include "platform/recommend/din.h"

#include <cmath>

#include "platform/recommend/din_ranking.h"

namespace perennial {

Fields DeepInterestNetwork::fields() {
  Fields fields;
  fields.include(model_settings_.fields())
      .include(training_settings_.fields())
      .integer("retrain_every", retrain_every_, {1, 1000000},
               "rounds between retrainings; the first is after round 1")
      .integer("window", window_, {0, 1000000},
               "newest rounds that a retraining learns from, with the past while there are no more; 0 = all");
  return fields;
}

void DeepInterestNetwork::start(const World& world, std::span<const PastInteraction> past,
                                std::uint64_t seed) {
  seed_ = seed;
  users_ = world.users.size();
  model_.start(model_settings_, users_, world.creators.size(), world.genres.size(), seed);
  trained_ = false;
  rows_ = {};
  rows_.add_past(past);
  histories_.start(users_, !model_settings_.with_features());
  histories_.take_in(rows_);
  Workers alone;
  retrain(0, Items{}, alone);
}

void DeepInterestNetwork::rank(const RankRequest& request, Slates& best) {
  rank_by_din(model_, histories_, static_cast<std::size_t>(model_settings_.history), request, best);
}

void DeepInterestNetwork::learn(const RoundLog& log, const Items& items, const PlatformTables&,
                                Workers& workers) {
  rows_.add_round(log, items);
  histories_.take_in(rows_);
  if ((log.round - 1) % retrain_every_ == 0) retrain(log.round, items, workers);
}

void DeepInterestNetwork::retrain(std::uint32_t round, const Items& items, Workers& workers) {
  model_.grow(items);
  const DinExamples examples{.rows = rows_,
                             .histories = histories_,
                             .first_row = rows_.first_of_newest(static_cast<std::size_t>(window_)),
                             .history = static_cast<std::size_t>(model_settings_.history)};
  double rows = 0, clicks = 0;
  for (std::size_t row = examples.first_row; row < rows_.size(); ++row) {
    if (histories_.thing(row) == ClickHistories::left_out) continue;
    rows += 1;
    clicks += rows_.clicked[row];
  }
  if (rows == 0) return;
  if (!trained_) model_.set_base(static_cast<float>(std::log((clicks + 1) / (rows - clicks + 1))));
  trained_ = true;
  train(model_, examples, training_settings_, model_settings_.dropout, Draws(seed_, Purpose::training, round),
        workers);
}

void DeepInterestNetwork::persist(Archive& archive) {
  archive(seed_, users_, trained_);
  rows_.persist(archive);
  model_.persist(archive);
  if (!archive.reading()) return;
  histories_.start(users_, !model_settings_.with_features());
  histories_.take_in(rows_);
}

}  // namespace perennial
