#include "platform/suggest/suggestion_network.h"

#include <algorithm>
#include <cmath>

#include "nn/categorical.h"
#include "platform/suggest/suggestion_features.h"
#include "platform/suggest/surrogate.h"

namespace perennial {
namespace {

constexpr std::size_t block_of_decisions = 128;
constexpr auto planned = static_cast<Eigen::Index>(Feature::planned);
constexpr auto nothing = static_cast<Eigen::Index>(Feature::nothing);

using ConstRows = Eigen::Map<const Matrix>;

/// The features of decisions [begin, end).
Matrix rows_of(std::span<const float> features, std::size_t options, std::size_t begin, std::size_t end) {
  return ConstRows(features.data() + begin * options * feature_count,
                   static_cast<Eigen::Index>((end - begin) * options), feature_count);
}

/// Adds the prior to logits that come without it.
void add_prior(const Matrix& features, double prior, Matrix& logits) {
  for (Eigen::Index row = 0; row < features.rows(); ++row) {
    if (features(row, nothing) == 0) logits(row, 0) += static_cast<float>(prior) * features(row, planned);
  }
}

/// A block of decisions going through the network and back.
struct Block {
  Mlp::Weights gradient;
  PpoReport sum;
};

}  // namespace

SuggestionNetwork::SuggestionNetwork(std::size_t hidden, double prior, std::uint64_t seed)
    : prior_(prior), net_({feature_count, hidden, hidden, 1}) {
  constexpr double last_scale = 0.1;  // starts near the prior alone
  net_.initialise(Draws(seed, Purpose::policy_training), 0, last_scale);
}

Matrix SuggestionNetwork::logits(const Matrix& features) const {
  Mlp::Layers layers;
  Matrix out = net_.forward(features, layers);
  add_prior(features, prior_, out);
  return out;
}

Matrix SuggestionNetwork::log_probabilities(const Matrix& features, std::size_t options,
                                            Workers& workers) const {
  const std::size_t decisions = static_cast<std::size_t>(features.rows()) / options;
  Matrix all(static_cast<Eigen::Index>(decisions), static_cast<Eigen::Index>(options));
  const std::span values(features.data(), static_cast<std::size_t>(features.size()));
  workers.for_blocks(decisions, block_of_decisions, [&](std::size_t begin, std::size_t end) {
    const Matrix some = logits(rows_of(values, options, begin, end));
    std::copy(some.data(), some.data() + some.size(), all.data() + begin * options);
    for (std::size_t i = begin; i < end; ++i) log_softmax({all.data() + i * options, options});
  });
  return all;
}

std::vector<SuggestionReason> SuggestionNetwork::reasons(const Matrix& features, std::size_t options,
                                                         std::size_t decision, std::size_t option) const {
  const auto first = static_cast<Eigen::Index>(decision * options);
  const Matrix genres = features.middleRows(first, static_cast<Eigen::Index>(options) - 1);
  const Matrix mean = genres.colwise().mean();
  // Row f + 1: the option with feature f at the mean; row 0: as it is.
  Matrix changed = features.row(first + static_cast<Eigen::Index>(option)).replicate(feature_count + 1, 1);
  for (Eigen::Index f = 0; f < static_cast<Eigen::Index>(feature_count); ++f) changed(f + 1, f) = mean(0, f);
  const Matrix found = logits(changed);
  std::vector<SuggestionReason> reasons;
  for (std::size_t f = 0; f < feature_count; ++f) {
    const auto at = static_cast<Eigen::Index>(f);
    const double push = double{found(0, 0)} - found(at + 1, 0);
    if (changed(0, at) == mean(0, at) || push == 0) continue;
    reasons.push_back({std::string(title_of(static_cast<Feature>(f))), changed(0, at), push});
  }
  std::stable_sort(reasons.begin(), reasons.end(), [](const SuggestionReason& a, const SuggestionReason& b) {
    return std::abs(a.moves_logit) > std::abs(b.moves_logit);
  });
  return reasons;
}

PpoReport SuggestionNetwork::epoch(const Decisions& decisions, const Objective& objective,
                                   double learning_rate, Workers& workers) {
  const std::size_t options = decisions.options;
  std::vector<Block> blocks((decisions.size() + block_of_decisions - 1) / block_of_decisions);
  workers.for_blocks(decisions.size(), block_of_decisions, [&](std::size_t begin, std::size_t end) {
    Block& block = blocks[begin / block_of_decisions];
    const Matrix features = rows_of(decisions.features, options, begin, end);
    Mlp::Layers layers;
    Matrix logits = net_.forward(features, layers);
    add_prior(features, prior_, logits);
    Matrix slope = Matrix::Zero(logits.rows(), 1);
    for (std::size_t i = begin; i < end; ++i) {
      const std::span<float> row(logits.data() + (i - begin) * options, options);
      log_softmax(row);
      objective(i, row, block.sum, {slope.data() + (i - begin) * options, options});
    }
    slope /= static_cast<float>(decisions.size());
    block.gradient = Mlp::Weights::Zero(static_cast<Eigen::Index>(net_.weight_count()));
    net_.backward(features, layers, slope, block.gradient);
  });
  Mlp::Weights gradient = Mlp::Weights::Zero(static_cast<Eigen::Index>(net_.weight_count()));
  PpoReport mean;
  const auto count = static_cast<double>(decisions.size());
  for (const Block& block : blocks) {
    gradient += block.gradient;
    mean.policy_loss += block.sum.policy_loss / count;
    mean.entropy_nats += block.sum.entropy_nats / count;
    mean.clip_share += block.sum.clip_share / count;
  }
  net_.step(gradient, {.rate = learning_rate});
  return mean;
}

PpoReport SuggestionNetwork::update(const Decisions& decisions, std::span<const double> advantage,
                                    const PpoOptions& options, Workers& workers) {
  const auto objective = [&](std::size_t i, std::span<const float> log_probabilities, PpoReport& sum,
                             std::span<float> slope) {
    const std::size_t chosen = decisions.chosen[i];
    const double log_ratio = double{log_probabilities[chosen]} - decisions.log_probability[i];
    const auto surrogate = clipped_surrogate(log_ratio, advantage[i], options.clip);
    sum.policy_loss += surrogate.loss;
    sum.entropy_nats += entropy(log_probabilities);
    sum.clip_share += surrogate.clipped ? 1 : 0;
    add_categorical_slope(log_probabilities, chosen, surrogate.slope_by_log_ratio, -options.entropy, slope);
  };
  PpoReport report;
  for (std::int64_t e = 0; e < options.epochs; ++e)
    report = epoch(decisions, objective, options.learning_rate, workers);
  return report;
}

double SuggestionNetwork::imitate(const Decisions& decisions, const PpoOptions& options, Workers& workers) {
  const auto objective = [&](std::size_t i, std::span<const float> log_probabilities, PpoReport& sum,
                             std::span<float> slope) {
    sum.policy_loss -= log_probabilities[decisions.chosen[i]];
    add_categorical_slope(log_probabilities, decisions.chosen[i], -1, 0, slope);
  };
  PpoReport report;
  for (std::int64_t e = 0; e < options.epochs; ++e)
    report = epoch(decisions, objective, options.learning_rate, workers);
  return report.policy_loss;
}

}  // namespace perennial
