#include "nn/losses.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace perennial {

double softplus(double x) {
  return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

double sigmoid(double x) {
  const double e = std::exp(-std::abs(x));
  return (x >= 0 ? 1.0 : e) / (1.0 + e);
}

double bce_on_logits(std::span<const float> logits, std::span<const float> labels, std::span<float> slope) {
  check(!logits.empty() && labels.size() == logits.size() && slope.size() == logits.size(),
        "bce_on_logits() needs a label and a slope per logit");
  const auto count = static_cast<double>(logits.size());
  double loss = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double x = logits[i];
    loss += softplus(x) - labels[i] * x;
    slope[i] = static_cast<float>((sigmoid(x) - labels[i]) / count);
  }
  return loss / count;
}

double bpr(std::span<const float> scores, std::span<float> slope) {
  check(!scores.empty() && scores.size() % 2 == 0 && slope.size() == scores.size(),
        "bpr() needs pairs of scores");
  const auto count = static_cast<double>(scores.size()) / 2;
  double loss = 0;
  for (std::size_t i = 0; i < scores.size(); i += 2) {
    const double lead = double{scores[i]} - double{scores[i + 1]};
    loss += softplus(-lead);
    slope[i] = static_cast<float>(-sigmoid(-lead) / count);
    slope[i + 1] = -slope[i];
  }
  return loss / count;
}

}  // namespace perennial
