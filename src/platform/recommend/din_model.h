#pragma once

#include <array>
#include <string>
#include <vector>

#include "nn/attention_pooling.h"
#include "nn/embedding_table.h"
#include "platform/recommend/click_histories.h"
#include "platform/recommend/din_head.h"

namespace perennial {

/// What a Deep Interest Network is made of.
struct DinSettings {
  std::int64_t dimensions = 32;
  std::string features = "ids+creator+genre";
  std::int64_t history = 20;
  double dropout = 0.1;
  double initial_scale = 0.03;

  Fields fields();
  bool with_features() const { return features != "ids"; }
};

/// Some rows on their way through a DIN: what they are about and the layers they pass.
struct DinBlock {
  std::vector<std::uint32_t> examples;  ///< rows of InteractionRows; addresses of dropout
  std::vector<float> labels;
  std::vector<UserId> users;                     ///< distinct
  std::vector<Thing> things;                     ///< distinct, queries first
  std::vector<std::uint32_t> user_of, query_of;  ///< per row: its place in users, in things
  AttentionBatch attention;

  std::vector<float> logits, slopes;
  Matrix vectors, user_vectors, pooled;  ///< per thing, per user, per row
  AttentionPooling::Layers attention_layers;
  DinHead::Layers head_layers;
  // Slopes by weights and vectors.
  Mlp::Weights attention_gradient, head_gradient;
  Matrix vector_slope, user_slope;
};

/// Deep Interest Network (Zhou et al., KDD 2018): the logit of a click by a user on an item, given what the user clicked
/// last. An item's vector is [its id's | its creator's | its genre's] (its id's alone with features = "ids"), each 0 where
/// unknown; the history is pooled by attention (AttentionPooling), and DinHead turns [item | history | user] into a logit.
///
/// Embeddings start small and random, addressed as FactorModel's are.
class DinModel {
 public:
  void start(const DinSettings& settings, std::size_t users, std::size_t creators, std::size_t genres,
             std::uint64_t seed);
  /// Adds rows for items and creators not seen before.
  void grow(const Items& items);
  void set_base(float logit) { head_.set_base(logit); }

  /// Widths of the parts of a thing's vector: id, creator, genre, or id alone.
  std::vector<Eigen::Index> parts() const;
  const AttentionPooling& attention() const { return attention_; }
  const DinHead& head() const { return head_; }
  Eigen::Index width() const { return static_cast<Eigen::Index>(dimensions_) * (with_features_ ? 3 : 1); }
  /// Writes a thing's vector: width() numbers. The model must have grown to it.
  void vector(const Thing& thing, float* into) const;
  /// 1 x dimensions.
  Eigen::RowVectorXf user_vector(UserId user) const;

  /// Fills block.logits from what the block is about. `dropout` has block.examples; none without.
  void score(DinBlock& block, const DinDropout* dropout) const;
  /// Fills the block's gradients from block.slopes; score() was called with this dropout rate, 0 for none.
  void differentiate(DinBlock& block, double dropout_rate) const;
  /// One step of Adam down the sum of the blocks' gradients, taken in order.
  void step(std::span<const DinBlock> blocks, const Adam& adam);

  void persist(Archive& archive);

 private:
  void append(EmbeddingTable& table, const Draws& draws, std::uint32_t entity, std::uint32_t lane);

  double initial_scale_ = 0;
  std::size_t dimensions_ = 0;
  bool with_features_ = true;
  std::uint64_t seed_ = 0;
  EmbeddingTable user_, item_, creator_, genre_;
  AttentionPooling attention_;
  DinHead head_;
  std::array<RowGradients, 4> gradients_;  // scratch
};

}  // namespace perennial
