#include "nn/mlp.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "base/check.h"
#include "nn/initial_weights.h"

namespace perennial {

Mlp::Mlp(std::vector<std::size_t> widths) : widths_(std::move(widths)) {
  check(widths_.size() >= 2, "a network has inputs and outputs");
  Eigen::Index total = 0;
  for (std::size_t layer = 0; layer < layer_count(); ++layer) {
    offsets_.push_back(total);
    total += static_cast<Eigen::Index>((widths_[layer] + 1) * widths_[layer + 1]);
  }
  weights_ = mean_ = square_ = Weights::Zero(total);
}

void Mlp::set_weights(const Weights& weights) {
  check(weights.size() == weights_.size(), "weights of another network");
  weights_ = weights;
}

void Mlp::refuse(const std::vector<std::size_t>& saved_widths) const {
  throw Error(ErrorCode::invalid_data,
              fmt::format("saved state: a network of widths {}, where one of {} is expected",
                          fmt::join(saved_widths, "-"), fmt::join(widths_, "-")));
}

Eigen::Index Mlp::size_of(std::size_t layer) const {
  return static_cast<Eigen::Index>(widths_[layer] * widths_[layer + 1]);
}

Mlp::ConstMap Mlp::matrix_of(std::size_t layer, const Weights& of) const {
  return {of.data() + offsets_[layer], static_cast<Eigen::Index>(widths_[layer]),
          static_cast<Eigen::Index>(widths_[layer + 1])};
}

Mlp::ConstMap Mlp::bias_of(std::size_t layer, const Weights& of) const {
  return {of.data() + offsets_[layer] + size_of(layer), 1, static_cast<Eigen::Index>(widths_[layer + 1])};
}

Mlp::Map Mlp::matrix(std::size_t layer, Weights& in) const {
  return {in.data() + offsets_[layer], static_cast<Eigen::Index>(widths_[layer]),
          static_cast<Eigen::Index>(widths_[layer + 1])};
}

Mlp::Map Mlp::bias(std::size_t layer, Weights& in) const {
  return {in.data() + offsets_[layer] + size_of(layer), 1, static_cast<Eigen::Index>(widths_[layer + 1])};
}

void Mlp::initialise(const Draws& draws, std::uint32_t entity, double last_scale) {
  weights_.setZero();
  mean_.setZero();
  square_.setZero();
  steps_ = 0;
  for (std::size_t layer = 0; layer < layer_count(); ++layer) {
    const double deviation = std::sqrt(2.0 / static_cast<double>(widths_[layer] + widths_[layer + 1]));
    const double scale = layer + 1 == layer_count() ? last_scale : 1.0;
    draw_weights({weights_.data() + offsets_[layer], static_cast<std::size_t>(size_of(layer))},
                 scale * deviation, draws, entity, static_cast<std::uint32_t>(layer));
  }
}

const Matrix& Mlp::forward(const Matrix& inputs, Layers& layers) const {
  layers.resize(layer_count());
  const Matrix* below = &inputs;
  for (std::size_t layer = 0; layer < layer_count(); ++layer) {
    Matrix& y = layers[layer];
    y.noalias() = *below * matrix_of(layer, weights_);
    y.rowwise() += bias_of(layer, weights_).row(0);
    if (layer + 1 < layer_count()) y = y.cwiseMax(0.0F);
    below = &y;
  }
  return layers.back();
}

void Mlp::backward(const Matrix& inputs, const Layers& layers, const Matrix& output_slope, Weights& gradient,
                   Matrix* input_slope) const {
  Matrix slope = output_slope;
  for (std::size_t layer = layer_count(); layer-- > 0;) {
    const Matrix& below = layer == 0 ? inputs : layers[layer - 1];
    matrix(layer, gradient).noalias() += below.transpose() * slope;
    bias(layer, gradient) += slope.colwise().sum();
    if (layer == 0) {
      if (input_slope != nullptr) input_slope->noalias() = slope * matrix_of(0, weights_).transpose();
      return;
    }
    Matrix next = slope * matrix_of(layer, weights_).transpose();
    slope = (layers[layer - 1].array() > 0).select(next, 0.0F);
  }
}

void Mlp::step(const Weights& gradient, const Adam& adam) {
  ++steps_;
  const auto t = static_cast<double>(steps_);
  const auto b1 = static_cast<float>(adam.mean_decay), b2 = static_cast<float>(adam.square_decay);
  const auto pace = static_cast<float>(adam.rate / (1 - std::pow(adam.mean_decay, t)));
  const auto correction = static_cast<float>(1 / (1 - std::pow(adam.square_decay, t)));
  const auto epsilon = static_cast<float>(adam.epsilon);
  const auto g = gradient.array();
  mean_.array() = b1 * mean_.array() + (1 - b1) * g;
  square_.array() = b2 * square_.array() + (1 - b2) * g * g;
  weights_.array() -= pace * mean_.array() / ((square_.array() * correction).sqrt() + epsilon);
}

}  // namespace perennial
