#pragma once

#include <cstdint>
#include <span>

#include "base/fields.h"
#include "io/archive.h"
#include "nn/embedding_table.h"
#include "nn/mlp.h"
#include "world/ids.h"

namespace perennial {

/// LoRe's trust predictor: creator -> learned embedding -> hidden layer (ReLU) -> probability to follow, trained with Adam
/// on the binary cross-entropy of what was followed. A value; the same calls give the same bits.
///
/// It sees nothing but who the creator is, so all pairs (creator, followed?) of a creator are one example that weighs as
/// many pairs as there were. Passes over those are passes over every pair ever seen, at the cost and memory of a row per
/// creator, and a pair can be forgotten by lowering the weights.
class TrustNetwork {
 public:
  Fields fields();

  /// Before anything else; forgets everything.
  void start(std::uint64_t seed);
  /// Makes rows for creators up to `creators`.
  void grow(std::size_t creators);

  /// Some passes, one step each, over creators with `weights` > 0 (row = CreatorId). `shares` in [0, 1]: of the pairs that
  /// were followed.
  void learn(std::span<const double> shares, std::span<const double> weights);

  /// Estimates for creators [0, estimates.size()), in (0, 1).
  void estimate(std::span<double> estimates) const;

  /// Reading throws Error(invalid_data) when the saved network has other widths.
  void persist(Archive& archive);

 private:
  /// Row i = embedding of creators[i].
  Matrix inputs(std::span<const CreatorId> creators) const;

  std::int64_t embedding_ = 8;
  std::int64_t hidden_ = 16;
  std::int64_t epochs_ = 10;
  double learning_rate_ = 0.01;

  std::uint64_t seed_ = 0;
  EmbeddingTable embeddings_;
  Mlp net_;
};

}  // namespace perennial
