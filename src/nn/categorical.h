#pragma once

#include <span>

namespace perennial {

/// Turns logits into log-probabilities, in place: x - log sum exp x. At least one finite logit.
void log_softmax(std::span<float> logits);

/// Entropy in nats of the distribution with these log-probabilities.
double entropy(std::span<const float> log_probabilities);

/// The index under `u` in [0, 1): inverse of the cumulative sum, as pick_at() does for weights.
std::size_t sample(std::span<const float> log_probabilities, double u);

/// Adds to `slope` the slope by the logits of  by_log_probability x log p[chosen] + by_entropy x entropy.
void add_categorical_slope(std::span<const float> log_probabilities, std::size_t chosen,
                           double by_log_probability, double by_entropy, std::span<float> slope);

}  // namespace perennial
