#include "platform/suggest/trust_network.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/error.h"
#include "nn/initial_weights.h"
#include "nn/losses.h"

namespace perennial {
namespace {

// Where this network's weights lie among Purpose::training; rankers count entities and lanes from 0.
constexpr std::uint32_t weights_entity = 0xFFFFFFFF;
constexpr std::uint32_t embedding_lane = 64;
constexpr double embedding_scale = 0.1;
constexpr double least_estimate = 1e-6;

std::vector<CreatorId> seen_in(std::span<const double> weights) {
  std::vector<CreatorId> seen;
  for (std::size_t c = 0; c < weights.size(); ++c) {
    if (weights[c] > 0) seen.push_back(static_cast<CreatorId>(c));
  }
  return seen;
}

}  // namespace

Fields TrustNetwork::fields() {
  Fields fields;
  fields.integer("embedding", embedding_, {1, 256}, "network only: numbers learned about each creator")
      .integer("hidden", hidden_, {1, 1024}, "network only: units of the hidden layer")
      .integer("epochs", epochs_, {1, 1000},
               "network only: passes over the suggestions seen, one step each, a round")
      .real("learning_rate", learning_rate_, {1e-8, 1}, "network only: learning rate of Adam");
  return fields;
}

void TrustNetwork::start(std::uint64_t seed) {
  seed_ = seed;
  const auto width = static_cast<std::size_t>(embedding_);
  embeddings_ = EmbeddingTable(width);
  net_ = Mlp({width, static_cast<std::size_t>(hidden_), 1});
  net_.initialise(Draws(seed, Purpose::training), weights_entity);
}

void TrustNetwork::grow(std::size_t creators) {
  const Draws draws(seed_, Purpose::training);
  while (embeddings_.size() < creators) {
    const auto row = static_cast<std::uint32_t>(embeddings_.size());
    draw_weights(embeddings_.append(), embedding_scale, draws, row, embedding_lane);
  }
}

Matrix TrustNetwork::inputs(std::span<const CreatorId> creators) const {
  const auto width = static_cast<Eigen::Index>(embeddings_.width());
  Matrix rows(static_cast<Eigen::Index>(creators.size()), width);
  for (std::size_t i = 0; i < creators.size(); ++i)
    std::copy_n(embeddings_.row(creators[i]), width, rows.data() + static_cast<Eigen::Index>(i) * width);
  return rows;
}

void TrustNetwork::learn(std::span<const double> shares, std::span<const double> weights) {
  const auto seen = seen_in(weights);
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  const Adam adam{.rate = learning_rate_};
  Mlp::Layers layers;
  Matrix slope(static_cast<Eigen::Index>(seen.size()), 1), input_slope;
  RowGradients gradients;
  for (std::int64_t epoch = 0; epoch < epochs_ && !seen.empty(); ++epoch) {
    const Matrix rows = inputs(seen);
    const Matrix& logits = net_.forward(rows, layers);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      const auto row = static_cast<Eigen::Index>(i);
      const double error = sigmoid(logits(row, 0)) - shares[seen[i]];  // slope of the cross-entropy
      slope(row, 0) = static_cast<float>(weights[seen[i]] / total * error);
    }
    Mlp::Weights gradient = Mlp::Weights::Zero(static_cast<Eigen::Index>(net_.weight_count()));
    net_.backward(rows, layers, slope, gradient, &input_slope);
    gradients.reset(embeddings_.size(), embeddings_.stride());
    for (std::size_t i = 0; i < seen.size(); ++i) {
      std::copy_n(input_slope.data() + static_cast<Eigen::Index>(i) * input_slope.cols(), input_slope.cols(),
                  gradients.at(seen[i]));
    }
    net_.step(gradient, adam);
    embeddings_.step(gradients, adam);
  }
}

void TrustNetwork::estimate(std::span<double> estimates) const {
  std::vector<CreatorId> all(estimates.size());
  std::iota(all.begin(), all.end(), CreatorId{0});
  Mlp::Layers layers;
  const Matrix& logits = net_.forward(inputs(all), layers);
  for (std::size_t c = 0; c < estimates.size(); ++c) {
    const double p = sigmoid(logits(static_cast<Eigen::Index>(c), 0));
    estimates[c] = std::clamp(p, least_estimate, 1 - least_estimate);
  }
}

void TrustNetwork::persist(Archive& archive) {
  archive.section("trust network");
  net_.persist(archive);
  embeddings_.persist(archive);
}

}  // namespace perennial
