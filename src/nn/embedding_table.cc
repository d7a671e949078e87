#include "nn/embedding_table.h"

#include <fmt/format.h>

#include "base/error.h"

namespace perennial {
namespace {

/// Adam's settings as the inner loop wants them.
struct Rates {
  float rate, keep_mean, new_mean, keep_square, new_square, epsilon;

  explicit Rates(const Adam& adam)
      : rate(static_cast<float>(adam.rate)),
        keep_mean(static_cast<float>(adam.mean_decay)),
        new_mean(static_cast<float>(1 - adam.mean_decay)),
        keep_square(static_cast<float>(adam.square_decay)),
        new_square(static_cast<float>(1 - adam.square_decay)),
        epsilon(static_cast<float>(adam.epsilon)) {}
};

/// `weight` gathers 1 - beta^t by the same recursion as the moments it corrects.
void step_row(float* values, const float* gradient, std::size_t stride, const Rates& r) {
  float* const mean = values + stride;
  float* const square = mean + stride;
  float* const weight = square + stride;
  weight[0] = r.keep_mean * weight[0] + r.new_mean;
  weight[1] = r.keep_square * weight[1] + r.new_square;
  const float pace = r.rate / weight[0];
  const float square_correction = 1.0F / weight[1];
  for (std::size_t i = 0; i < stride; i += lane_count) {
    const Lanes g = lanes(gradient + i);
    const Lanes m = r.keep_mean * lanes(mean + i) + r.new_mean * g;
    const Lanes v = r.keep_square * lanes(square + i) + r.new_square * g * g;
    lanes(mean + i) = m;
    lanes(square + i) = v;
    lanes(values + i) -= pace * m / ((v * square_correction).sqrt() + r.epsilon);
  }
}

}  // namespace

void EmbeddingTable::refuse(std::size_t saved_width) const {
  throw Error(ErrorCode::invalid_data,
              fmt::format("saved state: rows of {} learned numbers, where whole rows of {} are expected",
                          saved_width, width_));
}

std::span<float> EmbeddingTable::append() {
  memory_.resize(memory_.size() + row_size(), 0.0F);
  return {memory_.data() + memory_.size() - row_size(), width_};
}

void EmbeddingTable::step(const RowGradients& gradients, const Adam& adam) {
  const Rates rates(adam);
  const auto rows = gradients.rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    step_row(memory_.data() + rows[i] * row_size(), gradients.gradient(i), stride_, rates);
  }
}

}  // namespace perennial
