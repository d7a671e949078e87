#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/random.h"
#include "nn/adam.h"
#include "nn/matrix.h"

namespace perennial {

/// A stack of fully connected layers y = x W + b with ReLU between them, and Adam's state beside the weights.
///
/// All weights lie in one vector, layer by layer, W (inputs x outputs, by rows) before b: a gradient is a vector of the
/// same length, gradients of parts of a batch add up, and a step is one pass. A value: it can be copied and saved.
/// Deterministic: the same calls give the same bits.
class Mlp {
 public:
  using Weights = Eigen::VectorXf;
  using Map = Eigen::Map<Matrix>;
  using ConstMap = Eigen::Map<const Matrix>;

  /// What forward() computed on the way, one matrix per layer; backward() needs it.
  using Layers = std::vector<Matrix>;

  Mlp() = default;
  /// `widths`: inputs, hidden layers, outputs; at least two. All weights are 0.
  explicit Mlp(std::vector<std::size_t> widths);

  std::size_t inputs() const { return widths_.front(); }
  std::size_t outputs() const { return widths_.back(); }
  std::size_t weight_count() const { return static_cast<std::size_t>(weights_.size()); }
  const Weights& weights() const { return weights_; }
  /// As many as there are.
  void set_weights(const Weights& weights);

  /// W and b (one row) of a layer, in weights() or in a vector of the same layout, as a gradient is: for networks that
  /// compute a layer their own way.
  ConstMap matrix(std::size_t layer) const { return matrix_of(layer, weights_); }
  ConstMap bias(std::size_t layer) const { return bias_of(layer, weights_); }
  Map matrix(std::size_t layer, Weights& in) const;
  Map bias(std::size_t layer, Weights& in) const;
  std::uint64_t steps() const { return steps_; }

  /// Uniform Xavier weights (Glorot and Bengio, AISTATS 2010) and biases 0, a function of the address; those of the last
  /// layer times `last_scale`: a small one starts with outputs near 0.
  void initialise(const Draws& draws, std::uint32_t entity, double last_scale = 1);

  /// Outputs (rows x outputs()) for `inputs` (rows x inputs()); they are also layers.back().
  const Matrix& forward(const Matrix& inputs, Layers& layers) const;

  /// Adds to `gradient` (weight_count() long) the loss's slope by the weights, given its slope by the outputs; `inputs` and
  /// `layers` as of the forward() before. `input_slope`, where asked for, gets the slope by the inputs.
  void backward(const Matrix& inputs, const Layers& layers, const Matrix& output_slope, Weights& gradient,
                Matrix* input_slope = nullptr) const;

  /// One step of Adam down `gradient`.
  void step(const Weights& gradient, const Adam& adam);

  /// Reading throws Error(invalid_data) when the saved network has other widths than this one.
  template <class Archive>
  void persist(Archive& archive);

 private:
  [[noreturn]] void refuse(const std::vector<std::size_t>& saved_widths) const;
  std::size_t layer_count() const { return widths_.size() - 1; }
  Eigen::Index size_of(std::size_t layer) const;
  ConstMap matrix_of(std::size_t layer, const Weights& of) const;
  ConstMap bias_of(std::size_t layer, const Weights& of) const;

  std::vector<std::size_t> widths_;
  std::vector<Eigen::Index> offsets_;  // of each layer's W
  Weights weights_, mean_, square_;
  std::uint64_t steps_ = 0;
};

template <class Archive>
void Mlp::persist(Archive& archive) {
  auto widths = widths_;
  archive(widths, steps_);
  if (widths != widths_) refuse(widths);
  for (Weights* vector : {&weights_, &mean_, &square_}) {
    std::vector<float> values(vector->data(), vector->data() + vector->size());
    archive(values);
    if (values.size() != weight_count())
      throw Error(ErrorCode::invalid_data, "saved state: a network with weights missing");
    if (archive.reading()) *vector = Eigen::Map<const Weights>(values.data(), vector->size());
  }
}

}  // namespace perennial
