#include "platform/recommend/factor_model.h"

#include <algorithm>

#include "nn/initial_weights.h"

namespace perennial {
namespace {

constexpr std::size_t block_of_pairs = 256;

// Lanes of Purpose::training: which table an initial row is for.
constexpr std::uint32_t user_lane = 1, item_lane = 2, creator_lane = 3, genre_lane = 4;

}  // namespace

Fields FactorSettings::fields() {
  Fields fields;
  fields.text("features", features, "what an item's vector is made of", {"ids", "ids+creator+genre"})
      .integer("dimensions", dimensions, {1, 512}, "length of the vectors")
      .real("initial_scale", initial_scale, {0, 10},
            "standard deviation of the vectors' numbers before training");
  return fields;
}

void FactorModel::append(EmbeddingTable& table, const Draws& draws, std::uint32_t entity,
                         std::uint32_t lane) {
  draw_weights(table.append().first(dimensions_), initial_scale_, draws, entity, lane);
}

void FactorModel::start(const FactorSettings& settings, std::size_t users, std::size_t creators,
                        std::size_t genres, std::uint64_t seed) {
  initial_scale_ = settings.initial_scale;
  dimensions_ = static_cast<std::size_t>(settings.dimensions);
  with_features_ = settings.with_features();
  seed_ = seed;
  base_ = 0;
  gradients_ = {};
  user_ = item_ = creator_ = genre_ = EmbeddingTable(dimensions_ + 1);
  const Draws draws(seed, Purpose::training);
  user_.reserve(users);
  for (std::uint32_t u = 0; u < users; ++u) append(user_, draws, u, user_lane);
  if (!with_features_) return;
  for (std::uint32_t c = 0; c < creators; ++c) append(creator_, draws, c, creator_lane);
  for (std::uint32_t g = 0; g < genres; ++g) append(genre_, draws, g, genre_lane);
}

void FactorModel::grow(const Items& items) {
  for (std::size_t i = item_.size(); i < items.size(); ++i) {
    append(item_, Draws(seed_, Purpose::training, items.born[i]), items.creator[i], item_lane);
    while (with_features_ && creator_.size() <= items.creator[i]) {
      append(creator_, Draws(seed_, Purpose::training), static_cast<std::uint32_t>(creator_.size()),
             creator_lane);
    }
  }
}

void FactorModel::item_vector(const UserItem& pair, float* into) const {
  std::fill_n(into, stride(), 0.0F);
  if (pair.item != no_item) add(into, item_.row(pair.item), stride());
  if (!with_features_) return;
  if (pair.creator != no_creator) add(into, creator_.row(pair.creator), stride());
  if (pair.genre != no_genre) add(into, genre_.row(pair.genre), stride());
}

/// Where a vector holds its bias, score() leaves 1: the derivative of the logit by the other side's bias.
void FactorModel::score(FactorBatch& batch, Workers& workers) const {
  const std::size_t count = batch.pairs.size();
  batch.logits.resize(count);
  batch.user_vectors.resize(count * stride());
  batch.item_vectors.resize(count * stride());
  workers.for_blocks(count, block_of_pairs, [&](std::size_t begin, std::size_t end) {
    for (std::size_t j = begin; j < end; ++j) {
      float* const user = batch.user_vectors.data() + j * stride();
      float* const item = batch.item_vectors.data() + j * stride();
      std::copy_n(user_vector(batch.pairs[j].user), stride(), user);
      item_vector(batch.pairs[j], item);
      const float user_bias = user[dimensions_];
      user[dimensions_] = 1;
      batch.logits[j] = base_ + user_bias + dot(user, item, stride());
      item[dimensions_] = 1;
    }
  });
}

void FactorModel::step(const FactorBatch& batch, const Adam& adam, Workers& workers) {
  const auto descend = [&](EmbeddingTable& table, RowGradients& gradients, auto row_of, std::uint32_t unknown,
                           const std::vector<float>& directions) {
    gradients.reset(table.size(), stride());
    for (std::size_t j = 0; j < batch.pairs.size(); ++j) {
      const std::uint32_t row = row_of(batch.pairs[j]);
      if (row == unknown) continue;
      add_scaled(gradients.at(row), batch.slopes[j], directions.data() + j * stride(), stride());
    }
    table.step(gradients, adam);
  };
  workers.for_blocks(with_features_ ? 4 : 2, 1, [&](std::size_t table, std::size_t) {
    auto& gradients = gradients_[table];
    const auto& users = batch.user_vectors;
    if (table == 0)
      descend(
          user_, gradients, [](auto& p) { return p.user; }, 0xFFFFFFFF, batch.item_vectors);
    if (table == 1)
      descend(
          item_, gradients, [](auto& p) { return p.item; }, no_item, users);
    if (table == 2)
      descend(
          creator_, gradients, [](auto& p) { return p.creator; }, no_creator, users);
    if (table == 3)
      descend(
          genre_, gradients, [](auto& p) { return p.genre; }, no_genre, users);
  });
}

void FactorModel::persist(Archive& archive) {
  archive(initial_scale_, dimensions_, with_features_, seed_, base_);
  for (auto* table : {&user_, &item_, &creator_, &genre_}) table->persist(archive);
  if (archive.reading()) gradients_ = {};
}

}  // namespace perennial
