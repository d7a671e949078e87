#include "platform/suggest/lore_actor.h"

#include <algorithm>

#include "nn/categorical.h"
#include "platform/suggest/surrogate.h"

namespace perennial {
namespace {

std::span<const float> row_of(const Matrix& matrix, std::size_t row) {
  const auto columns = static_cast<std::size_t>(matrix.cols());
  return {matrix.data() + row * columns, columns};
}

/// Creators asked, over all rounds.
std::size_t asked(std::span<const LoreRound> rounds) {
  std::size_t count = 0;
  for (const LoreRound& round : rounds) {
    for (const std::uint16_t option : round.chosen) count += option != LoreRound::not_asked ? 1 : 0;
  }
  return count;
}

double entropy_of_asked(const Matrix& log_probabilities, std::span<const std::uint16_t> chosen) {
  double sum = 0;
  for (std::size_t c = 0; c < chosen.size(); ++c) {
    if (chosen[c] != LoreRound::not_asked) sum += entropy(row_of(log_probabilities, c));
  }
  return sum;
}

}  // namespace

double joint_log_probability(const Matrix& log_probabilities, std::span<const std::uint16_t> chosen) {
  double sum = 0;
  for (std::size_t c = 0; c < chosen.size(); ++c) {
    if (chosen[c] != LoreRound::not_asked) sum += row_of(log_probabilities, c)[chosen[c]];
  }
  return sum;
}

LoreActor::LoreActor(std::size_t creators, std::size_t genres, std::vector<std::size_t> hidden)
    : creators_(creators), genres_(genres) {
  hidden.insert(hidden.begin(), lore_inputs(creators, genres));
  hidden.push_back(creators * options());
  net_ = Mlp(std::move(hidden));
}

Matrix LoreActor::by_creator(const float* logits) const {
  Matrix rows = Eigen::Map<const Matrix>(logits, static_cast<Eigen::Index>(creators_),
                                         static_cast<Eigen::Index>(options()));
  for (std::size_t c = 0; c < creators_; ++c) log_softmax({rows.data() + c * options(), options()});
  return rows;
}

Matrix LoreActor::log_probabilities(const LoreState& state) const {
  Mlp::Layers layers;
  return by_creator(net_.forward(lore_inputs_of({}, &state, genres_), layers).data());
}

void LoreActor::add_slope(const Matrix& log_probabilities, std::span<const std::uint16_t> chosen,
                          double by_log_probability, float* slope) const {
  if (by_log_probability == 0) return;
  for (std::size_t c = 0; c < chosen.size(); ++c) {
    if (chosen[c] == LoreRound::not_asked) continue;
    add_categorical_slope(row_of(log_probabilities, c), chosen[c], by_log_probability, 0,
                          {slope + c * options(), options()});
  }
}

LoreActor::Outcome LoreActor::improve(std::span<const LoreRound> rounds, std::span<const double> advantages,
                                      const Training& training) {
  const Matrix inputs = lore_inputs_of(rounds, nullptr, genres_);
  const auto n = static_cast<double>(rounds.size());
  std::vector<double> old(rounds.size());
  Mlp::Layers layers;
  Mlp::Weights gradient(static_cast<Eigen::Index>(net_.weight_count()));
  Outcome outcome;
  for (std::int64_t epoch = 0; epoch < training.epochs; ++epoch) {
    const Matrix& logits = net_.forward(inputs, layers);
    Matrix slope = Matrix::Zero(logits.rows(), logits.cols());
    const bool last = epoch + 1 == training.epochs;
    outcome = {};
    for (std::size_t r = 0; r < rounds.size(); ++r) {
      const auto row = static_cast<Eigen::Index>(r);
      const Matrix log_probabilities = by_creator(logits.row(row).data());
      const double joint = joint_log_probability(log_probabilities, rounds[r].chosen);
      if (epoch == 0) old[r] = joint;
      const Surrogate s = clipped_surrogate(joint - old[r], advantages[r], training.clip);
      outcome.policy_loss += s.loss / n;
      outcome.clip_share += s.clipped ? 1 / n : 0;
      if (last) outcome.entropy_nats += entropy_of_asked(log_probabilities, rounds[r].chosen);
      add_slope(log_probabilities, rounds[r].chosen, s.slope_by_log_ratio / n, slope.row(row).data());
    }
    gradient.setZero();
    net_.backward(inputs, layers, slope, gradient);
    net_.step(gradient, training.adam);
  }
  outcome.entropy_nats /= static_cast<double>(std::max<std::size_t>(asked(rounds), 1));
  return outcome;
}

void LoreActor::imitate(std::span<const LoreRound> rounds, std::int64_t epochs, const Adam& adam) {
  const Matrix inputs = lore_inputs_of(rounds, nullptr, genres_);
  const auto n = static_cast<double>(std::max<std::size_t>(asked(rounds), 1));
  Mlp::Layers layers;
  Mlp::Weights gradient(static_cast<Eigen::Index>(net_.weight_count()));
  for (std::int64_t epoch = 0; epoch < epochs; ++epoch) {
    const Matrix& logits = net_.forward(inputs, layers);
    Matrix slope = Matrix::Zero(logits.rows(), logits.cols());
    for (std::size_t r = 0; r < rounds.size(); ++r) {
      const auto row = static_cast<Eigen::Index>(r);
      add_slope(by_creator(logits.row(row).data()), rounds[r].chosen, -1 / n, slope.row(row).data());
    }
    gradient.setZero();
    net_.backward(inputs, layers, slope, gradient);
    net_.step(gradient, adam);
  }
}

}  // namespace perennial
