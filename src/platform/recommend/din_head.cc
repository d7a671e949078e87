#include "platform/recommend/din_head.h"

#include "nn/dropout.h"

namespace perennial {
namespace {

// Lanes of Purpose::training, eight units each.
constexpr std::uint32_t first_layer_lane = 0x1000, second_layer_lane = 0x2000;

void drop(Matrix& layer, const DinDropout& dropout, std::uint32_t lane) {
  const auto units = static_cast<std::size_t>(layer.cols());
  for (std::size_t row = 0; row < dropout.examples.size(); ++row) {
    drop_units({layer.data() + row * units, units}, dropout.rate, dropout.draws, dropout.examples[row],
               dropout.epoch, lane);
  }
}

/// The way back through ReLU and dropout: what was dropped is not positive.
void mask(const Matrix& layer, float scale, Matrix& slope) {
  slope = (layer.array() > 0).select(scale * slope, 0.0F);
}

}  // namespace

void DinHead::set_base(float logit) {
  auto weights = net_.weights();
  net_.bias(2, weights)(0, 0) = logit;
  net_.set_weights(weights);
}

void DinHead::forward(const DinHeadInputs& in, const DinDropout* dropout, Layers& layers,
                      std::span<float> logits) const {
  layers.of_queries = of_queries(in.vectors.topRows(in.queries));
  layers.of_users.noalias() = in.users * user_rows();
  layers.first.noalias() = in.pooled * pooled_rows();
  for (std::size_t row = 0; row < in.query_of.size(); ++row) {
    auto first = layers.first.row(static_cast<Eigen::Index>(row));
    first += layers.of_queries.row(in.query_of[row]) + layers.of_users.row(in.user_of[row]);
  }
  finish(layers, logits, dropout);
}

void DinHead::backward(const DinHeadInputs& in, double dropout_rate, Layers& layers,
                       std::span<const float> logit_slope, Weights& gradient, Matrix& vector_slope,
                       Matrix& pooled_slope, Matrix& user_slope) const {
  const auto scale = static_cast<float>(1 / (1 - dropout_rate));
  // A copy: Eigen's own memory is aligned alike everywhere, and so are the bits of sums over it.
  const Eigen::VectorXf by_logit =
      Eigen::Map<const Eigen::VectorXf>(logit_slope.data(), static_cast<Eigen::Index>(logit_slope.size()));
  net_.matrix(2, gradient).col(0).noalias() += layers.second.transpose() * by_logit;
  net_.bias(2, gradient)(0, 0) += by_logit.sum();
  Matrix by_second = by_logit * net_.matrix(2).col(0).transpose();
  mask(layers.second, scale, by_second);
  net_.matrix(1, gradient).noalias() += layers.first.transpose() * by_second;
  net_.bias(1, gradient) += by_second.colwise().sum();
  Matrix by_first = by_second * net_.matrix(1).transpose();
  mask(layers.first, scale, by_first);

  layers.of_queries.setZero();
  layers.of_users.setZero();
  for (std::size_t row = 0; row < in.query_of.size(); ++row) {
    const auto slope = by_first.row(static_cast<Eigen::Index>(row));
    layers.of_queries.row(in.query_of[row]) += slope;
    layers.of_users.row(in.user_of[row]) += slope;
  }
  auto weights = net_.matrix(0, gradient);
  weights.topRows(vector_width_).noalias() += in.vectors.topRows(in.queries).transpose() * layers.of_queries;
  weights.middleRows(vector_width_, vector_width_).noalias() += in.pooled.transpose() * by_first;
  weights.bottomRows(user_width_).noalias() += in.users.transpose() * layers.of_users;
  net_.bias(0, gradient) += by_first.colwise().sum();
  vector_slope.topRows(in.queries).noalias() += layers.of_queries * query_rows().transpose();
  pooled_slope.noalias() = by_first * pooled_rows().transpose();
  user_slope.noalias() += layers.of_users * user_rows().transpose();
}

Matrix DinHead::of_queries(const Matrix& vectors) const {
  Matrix out = vectors * query_rows();
  out.rowwise() += net_.bias(0).row(0);
  return out;
}

Matrix DinHead::of_pooled(const Matrix& vectors) const {
  return vectors * pooled_rows();
}

Eigen::RowVectorXf DinHead::of_user(const Eigen::Ref<const Eigen::RowVectorXf>& user) const {
  return user * user_rows();
}

void DinHead::finish(Layers& layers, std::span<float> logits, const DinDropout* dropout) const {
  layers.first = layers.first.cwiseMax(0.0F);
  if (dropout != nullptr) drop(layers.first, *dropout, first_layer_lane);
  layers.second.noalias() = layers.first * net_.matrix(1);
  layers.second = (layers.second.rowwise() + net_.bias(1).row(0)).cwiseMax(0.0F);
  if (dropout != nullptr) drop(layers.second, *dropout, second_layer_lane);
  Eigen::Map<Eigen::VectorXf> out(logits.data(), static_cast<Eigen::Index>(logits.size()));
  out.noalias() = layers.second * net_.matrix(2).col(0);
  out.array() += net_.bias(2)(0, 0);
}

}  // namespace perennial
