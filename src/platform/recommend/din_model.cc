#include "platform/recommend/din_model.h"

#include <algorithm>

#include "nn/initial_weights.h"

namespace perennial {
namespace {

// The published widths of hidden layers.
constexpr std::array<std::size_t, 2> attention_hidden = {64, 16};
constexpr std::size_t head_first = 200, head_second = 80;

// Lanes of Purpose::training: which table an initial row is for; those of networks are their layers.
constexpr std::uint32_t user_embedding_lane = 1, item_embedding_lane = 2, creator_embedding_lane = 3,
                        genre_embedding_lane = 4;
constexpr std::uint32_t attention_entity = 0xFFFFFFFE, head_entity = 0xFFFFFFFF;

void copy_row(const EmbeddingTable& table, std::uint32_t row, std::uint32_t unknown, float* into) {
  if (row == unknown) {
    std::fill_n(into, table.width(), 0.0F);
  } else {
    std::copy_n(table.row(row), table.width(), into);
  }
}

}  // namespace

Fields DinSettings::fields() {
  Fields fields;
  fields.text("features", features, "what an item's vector is made of", {"ids", "ids+creator+genre"})
      .integer("dimensions", dimensions, {1, 512},
               "length of each of the embeddings an item's vector is made of, and of a user's")
      .integer("history", history, {0, 1000}, "last clicks of the user that are attended to")
      .real("dropout", dropout, {0, 0.9}, "share of hidden units left out in training; none when ranking")
      .real("initial_scale", initial_scale, {0, 10},
            "standard deviation of the embeddings' numbers before training");
  return fields;
}

void DinModel::append(EmbeddingTable& table, const Draws& draws, std::uint32_t entity, std::uint32_t lane) {
  draw_weights(table.append(), initial_scale_, draws, entity, lane);
}

void DinModel::start(const DinSettings& settings, std::size_t users, std::size_t creators, std::size_t genres,
                     std::uint64_t seed) {
  initial_scale_ = settings.initial_scale;
  dimensions_ = static_cast<std::size_t>(settings.dimensions);
  with_features_ = settings.with_features();
  seed_ = seed;
  gradients_ = {};
  user_ = item_ = creator_ = genre_ = EmbeddingTable(dimensions_);
  const auto item_width = static_cast<std::size_t>(width());
  attention_ = AttentionPooling(item_width, attention_hidden);
  head_ = DinHead(item_width, dimensions_, head_first, head_second);
  const Draws draws(seed, Purpose::training);
  attention_.net().initialise(draws, attention_entity);
  head_.net().initialise(draws, head_entity);
  for (std::uint32_t u = 0; u < users; ++u) append(user_, draws, u, user_embedding_lane);
  if (!with_features_) return;
  for (std::uint32_t c = 0; c < creators; ++c) append(creator_, draws, c, creator_embedding_lane);
  for (std::uint32_t g = 0; g < genres; ++g) append(genre_, draws, g, genre_embedding_lane);
}

void DinModel::grow(const Items& items) {
  for (std::size_t i = item_.size(); i < items.size(); ++i) {
    append(item_, Draws(seed_, Purpose::training, items.born[i]), items.creator[i], item_embedding_lane);
    while (with_features_ && creator_.size() <= items.creator[i]) {
      append(creator_, Draws(seed_, Purpose::training), static_cast<std::uint32_t>(creator_.size()),
             creator_embedding_lane);
    }
  }
}

std::vector<Eigen::Index> DinModel::parts() const {
  return std::vector<Eigen::Index>(with_features_ ? 3 : 1, static_cast<Eigen::Index>(dimensions_));
}

void DinModel::vector(const Thing& thing, float* into) const {
  copy_row(item_, thing.item, no_item, into);
  if (!with_features_) return;
  copy_row(creator_, thing.creator, no_creator, into + dimensions_);
  copy_row(genre_, thing.genre, no_genre, into + 2 * dimensions_);
}

Eigen::RowVectorXf DinModel::user_vector(UserId user) const {
  return Eigen::Map<const Eigen::RowVectorXf>(user_.row(user), static_cast<Eigen::Index>(dimensions_));
}

void DinModel::score(DinBlock& block, const DinDropout* dropout) const {
  block.vectors.resize(static_cast<Eigen::Index>(block.things.size()), width());
  for (std::size_t i = 0; i < block.things.size(); ++i)
    vector(block.things[i], block.vectors.row(static_cast<Eigen::Index>(i)).data());
  block.user_vectors.resize(static_cast<Eigen::Index>(block.users.size()),
                            static_cast<Eigen::Index>(dimensions_));
  for (std::size_t i = 0; i < block.users.size(); ++i)
    block.user_vectors.row(static_cast<Eigen::Index>(i)) = user_vector(block.users[i]);
  attention_.forward(block.vectors, block.attention, block.attention_layers, block.pooled);
  block.logits.resize(block.query_of.size());
  head_.forward({block.vectors, block.attention.queries(), block.query_of, block.pooled, block.user_vectors,
                 block.user_of},
                dropout, block.head_layers, block.logits);
}

void DinModel::differentiate(DinBlock& block, double dropout_rate) const {
  block.attention_gradient = Mlp::Weights::Zero(attention_.net().weights().size());
  block.head_gradient = Mlp::Weights::Zero(head_.net().weights().size());
  block.vector_slope = Matrix::Zero(block.vectors.rows(), block.vectors.cols());
  block.user_slope = Matrix::Zero(block.user_vectors.rows(), block.user_vectors.cols());
  Matrix pooled_slope;
  head_.backward({block.vectors, block.attention.queries(), block.query_of, block.pooled, block.user_vectors,
                  block.user_of},
                 dropout_rate, block.head_layers, block.slopes, block.head_gradient, block.vector_slope,
                 pooled_slope, block.user_slope);
  attention_.backward(block.vectors, block.attention, block.attention_layers, pooled_slope,
                      block.attention_gradient, block.vector_slope);
}

void DinModel::step(std::span<const DinBlock> blocks, const Adam& adam) {
  const std::array<EmbeddingTable*, 4> tables = {&user_, &item_, &creator_, &genre_};
  for (std::size_t t = 0; t < 4; ++t) gradients_[t].reset(tables[t]->size(), tables[t]->stride());
  const auto add_row = [&](std::size_t table, std::uint32_t row, const float* slope) {
    float* const into = gradients_[table].at(row);
    for (std::size_t i = 0; i < dimensions_; ++i) into[i] += slope[i];
  };
  Mlp::Weights attention_gradient = Mlp::Weights::Zero(attention_.net().weights().size());
  Mlp::Weights head_gradient = Mlp::Weights::Zero(head_.net().weights().size());
  for (const DinBlock& block : blocks) {
    attention_gradient += block.attention_gradient;
    head_gradient += block.head_gradient;
    for (std::size_t u = 0; u < block.users.size(); ++u)
      add_row(0, block.users[u], block.user_slope.row(static_cast<Eigen::Index>(u)).data());
    for (std::size_t i = 0; i < block.things.size(); ++i) {
      const Thing& thing = block.things[i];
      const float* const slope = block.vector_slope.row(static_cast<Eigen::Index>(i)).data();
      if (thing.item != no_item) add_row(1, thing.item, slope);
      if (!with_features_) continue;
      if (thing.creator != no_creator) add_row(2, thing.creator, slope + dimensions_);
      if (thing.genre != no_genre) add_row(3, thing.genre, slope + 2 * dimensions_);
    }
  }
  attention_.net().step(attention_gradient, adam);
  head_.net().step(head_gradient, adam);
  for (std::size_t t = 0; t < 4; ++t) tables[t]->step(gradients_[t], adam);
}

void DinModel::persist(Archive& archive) {
  archive(initial_scale_, dimensions_, with_features_, seed_);
  for (auto* table : {&user_, &item_, &creator_, &genre_}) table->persist(archive);
  attention_.net().persist(archive);
  head_.net().persist(archive);
  if (archive.reading()) gradients_ = {};
}

}  // namespace perennial
