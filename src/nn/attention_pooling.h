#pragma once

#include <array>
#include <span>
#include <vector>

#include "nn/attention_batch.h"
#include "nn/mlp.h"

namespace perennial {

/// The attention of the Deep Interest Network (Zhou et al., KDD 2018, section 4.3): each key h of a row weighs as much as a
/// network of [q, h, q - h, q * h] says, q being the row's query, and the row's pooled vector is the weighted sum of its
/// keys. Weights are not normalised; a row without keys is 0.
///
/// The first layer is never given its four inputs side by side. Of its rows W = [Wq; Wh; Wd; Wp],
///     W' [q, h, q - h, q * h] = (Wq + Wd)' q + (Wh - Wd)' h + Wp' (q * h),
/// so what belongs to q alone or h alone is computed once per vector, the rest once per distinct product (AttentionBatch).
/// Equal to the plain network but for rounding; deterministic.
class AttentionPooling {
 public:
  using Weights = Mlp::Weights;

  /// What forward() computed on the way; backward() needs it.
  struct Layers {
    std::vector<Matrix> products;  ///< per part, terms x width: q * h
    Matrix hidden, second;         ///< pairs x units
    Eigen::VectorXf weights;       ///< per pair
    Matrix of_queries, of_keys;    // scratch
    std::vector<Matrix> of_products;
  };

  AttentionPooling() = default;
  /// Vectors of `width`; two hidden layers.
  AttentionPooling(std::size_t width, const std::array<std::size_t, 2>& hidden)
      : net_({4 * width, hidden[0], hidden[1], 1}) {}

  /// The network behind the weights: its own weights, steps and memory.
  Mlp& net() { return net_; }
  const Mlp& net() const { return net_; }

  /// Fills `pooled` (batch.rows() x width) for `vectors` (as many as the batch's ids, x width).
  void forward(const Matrix& vectors, const AttentionBatch& batch, Layers& layers, Matrix& pooled) const;

  /// Adds to `gradient` (of net()) and to `vector_slope` (as `vectors`) the loss's slopes, given those by `pooled`.
  void backward(const Matrix& vectors, const AttentionBatch& batch, Layers& layers,
                const Matrix& pooled_slope, Weights& gradient, Matrix& vector_slope) const;

  /// The weights of one key (1 x width) for many queries: into[i] is that for queries.row(i). Their bits depend on the key
  /// and the matrix of queries only. `layers` is scratch.
  void weigh(const Matrix& queries, const Eigen::Ref<const Eigen::RowVectorXf>& key, Layers& layers,
             float* into) const;

 private:
  Eigen::Index width() const { return static_cast<Eigen::Index>(net_.inputs()) / 4; }
  /// The columns of W that multiply q, h, q - h, q * h.
  auto rows(Eigen::Index which) const { return net_.matrix(0).middleRows(which * width(), width()); }
  void finish_weights(Layers& layers) const;
  void add_hidden_slope(const AttentionBatch& batch, const Matrix& slope, Layers& layers) const;

  Mlp net_;
};

}  // namespace perennial
