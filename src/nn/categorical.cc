#include "nn/categorical.h"

#include <algorithm>
#include <cmath>

namespace perennial {

void log_softmax(std::span<float> logits) {
  const float most = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (const float x : logits) sum += std::exp(double{x} - most);
  const double log_sum = std::log(sum);
  for (float& x : logits) x = static_cast<float>(double{x} - most - log_sum);
}

double entropy(std::span<const float> log_probabilities) {
  double sum = 0;
  for (const double l : log_probabilities) sum -= l > -80 ? std::exp(l) * l : 0;
  return sum;
}

std::size_t sample(std::span<const float> log_probabilities, double u) {
  double sum = 0;
  std::size_t last_possible = 0;
  for (std::size_t i = 0; i < log_probabilities.size(); ++i) {
    const double p = std::exp(double{log_probabilities[i]});
    if (p <= 0) continue;
    last_possible = i;
    sum += p;
    if (u < sum) return i;
  }
  return last_possible;
}

void add_categorical_slope(std::span<const float> log_probabilities, std::size_t chosen,
                           double by_log_probability, double by_entropy, std::span<float> slope) {
  const double h = by_entropy == 0 ? 0 : entropy(log_probabilities);
  for (std::size_t i = 0; i < slope.size(); ++i) {
    const double l = log_probabilities[i], p = std::exp(l);
    double by_logit = by_log_probability * ((i == chosen ? 1.0 : 0.0) - p);
    if (by_entropy != 0 && p > 0) by_logit -= by_entropy * p * (l + h);
    slope[i] += static_cast<float>(by_logit);
  }
}

}  // namespace perennial
