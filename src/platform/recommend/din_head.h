#pragma once

#include <span>
#include <vector>

#include "nn/mlp.h"

namespace perennial {

/// Dropout of a batch: which units fall out is addressed by (draws, the row's example, epoch).
struct DinDropout {
  double rate = 0;
  Draws draws;
  std::uint32_t epoch;
  std::span<const std::uint32_t> examples;  ///< per row
};

/// What a batch of rows gives the head: each row a query's vector, a pooled vector and a user's.
struct DinHeadInputs {
  const Matrix& vectors;                    ///< queries first
  Eigen::Index queries;                     ///< how many
  std::span<const std::uint32_t> query_of;  ///< per row: its query's row in `vectors`
  const Matrix& pooled;                     ///< per row
  const Matrix& users;
  std::span<const std::uint32_t> user_of;  ///< per row: its user's row in `users`
};

/// The network behind the logit: [query | pooled | user] -> 200 -> 80 -> 1, ReLU, dropout after each hidden layer in training.
/// What a query or a user adds to the first layer is computed once each. Deterministic.
class DinHead {
 public:
  using Weights = Mlp::Weights;

  struct Layers {
    Matrix first, second;         ///< rows x units, after ReLU and dropout
    Matrix of_queries, of_users;  // scratch
  };

  DinHead() = default;
  DinHead(std::size_t vector_width, std::size_t user_width, std::size_t first, std::size_t second)
      : net_({2 * vector_width + user_width, first, second, 1}),
        vector_width_(static_cast<Eigen::Index>(vector_width)),
        user_width_(static_cast<Eigen::Index>(user_width)) {}

  Mlp& net() { return net_; }
  const Mlp& net() const { return net_; }
  /// The output's bias.
  void set_base(float logit);

  /// Logits, one per row.
  void forward(const DinHeadInputs& inputs, const DinDropout* dropout, Layers& layers,
               std::span<float> logits) const;

  /// Adds the loss's slopes by the weights, given those by the logits, and by `vectors` and `users`; replaces those by
  /// `pooled`. `dropout_rate` as in forward(), 0 without.
  void backward(const DinHeadInputs& inputs, double dropout_rate, Layers& layers,
                std::span<const float> logit_slope, Weights& gradient, Matrix& vector_slope,
                Matrix& pooled_slope, Matrix& user_slope) const;

  /// What `vectors` as queries, with the bias, and as pooled vectors, and what a user add to the first layer.
  Matrix of_queries(const Matrix& vectors) const;
  Matrix of_pooled(const Matrix& vectors) const;
  Eigen::RowVectorXf of_user(const Eigen::Ref<const Eigen::RowVectorXf>& user) const;
  /// Logits of rows whose first layer, before ReLU, is `layers.first`.
  void finish(Layers& layers, std::span<float> logits, const DinDropout* dropout = nullptr) const;

 private:
  auto query_rows() const { return net_.matrix(0).topRows(vector_width_); }
  auto pooled_rows() const { return net_.matrix(0).middleRows(vector_width_, vector_width_); }
  auto user_rows() const { return net_.matrix(0).bottomRows(user_width_); }

  Mlp net_;
  Eigen::Index vector_width_ = 0, user_width_ = 0;
};

}  // namespace perennial
