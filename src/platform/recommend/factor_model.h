#pragma once

#include <array>
#include <string>
#include <vector>

#include "nn/embedding_table.h"
#include "platform/recommend/interaction_rows.h"

namespace perennial {

/// What a factor model is made of.
struct FactorSettings {
  std::int64_t dimensions = 64;
  std::string features = "ids+creator+genre";
  double initial_scale = 0.1;

  Fields fields();
  bool with_features() const { return features != "ids"; }
};

/// A batch on its way through a factor model: what is scored, the scores, and how the loss moves with them.
struct FactorBatch {
  std::vector<UserItem> pairs;
  std::vector<float> logits;
  std::vector<float> slopes;  ///< derivative of the loss by each logit
  // Written by score(), read by step(): per pair, the user's and the item's vector (pairs x stride).
  std::vector<float> user_vectors, item_vectors;
};

/// logit(u, i) = base + b_u + b_i + p_u . q_i, where the item's vector q_i and bias b_i are sums of those of
/// its id, its creator and its genre (of its id alone with features = "ids"). Unknown parts add nothing.
///
/// Rows start as small random vectors with zero bias: users, creators and genres addressed by their id, items
/// by creator and round made. So an item nobody has met yet is ranked by its creator and genre, and at random
/// by an ids-only model.
class FactorModel {
 public:
  void start(const FactorSettings& settings, std::size_t users, std::size_t creators, std::size_t genres,
             std::uint64_t seed);
  /// Adds rows for items and creators not seen before.
  void grow(const Items& items);

  std::size_t dimensions() const { return dimensions_; }
  std::size_t stride() const { return user_.stride(); }
  bool with_features() const { return with_features_; }
  /// Log odds of a click before anything is known of user or item; set from the data, not trained.
  void set_base(float logit) { base_ = logit; }

  /// p_u: `dimensions` numbers, then b_u, then zeros up to `stride`.
  const float* user_vector(UserId user) const { return user_.row(user); }
  /// Writes q_i and b_i in the same layout. The model must have grown to the item.
  void item_vector(const UserItem& pair, float* into) const;
  float base() const { return base_; }

  /// Fills logits, and what step() needs, from pairs.
  void score(FactorBatch& batch, Workers& workers) const;
  /// One step of Adam down batch.slopes; `batch` was scored since the last step.
  void step(const FactorBatch& batch, const Adam& adam, Workers& workers);

  void persist(Archive& archive);

 private:
  void append(EmbeddingTable& table, const Draws& draws, std::uint32_t entity, std::uint32_t lane);

  double initial_scale_ = 0;
  std::size_t dimensions_ = 0;
  bool with_features_ = true;
  std::uint64_t seed_ = 0;
  float base_ = 0;
  EmbeddingTable user_, item_, creator_, genre_;
  std::array<RowGradients, 4> gradients_;  // scratch
};

}  // namespace perennial
