#include "respond/learners/losses.h"

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

constexpr double tweedie_power = 1.5;
constexpr float curvature_least = 1e-6F;
/// Makes a step in a log-link model less than e^0.7, as XGBoost does for Poisson.
const float poisson_damping = std::exp(0.7F);

float sigmoid(float margin) {
  return 1 / (1 + std::exp(-margin));
}

struct SlopeAndCurvature {
  float slope, curvature;
};

template <Loss loss>
SlopeAndCurvature slope_at(float y, float m) {
  if constexpr (loss == Loss::squared) return {m - y, 1};
  if constexpr (loss == Loss::logistic) {
    const float p = sigmoid(m);
    return {p - y, std::max(p * (1 - p), curvature_least)};
  }
  if constexpr (loss == Loss::poisson) {
    const float mean = std::exp(m);
    return {mean - y, mean * poisson_damping};
  }
  constexpr float a = 1 - tweedie_power, b = 2 - tweedie_power;
  const float low = y * std::exp(a * m), high = std::exp(b * m);
  return {high - low, std::max(b * high - a * low, curvature_least)};
}

template <Loss loss>
void fill(std::span<const float> targets, std::span<const float> weights, std::span<const float> margins,
          LossSlopes& slopes) {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto at = slope_at<loss>(targets[i], margins[i]);
    const float weight = weights.empty() ? 1 : weights[i];
    slopes.slope[i] = weight * at.slope;
    slopes.curvature[i] = weight * at.curvature;
  }
}

/// x + c - c drops the bits of x below those of c: round to nearest on a grid of c's last place.
void round_to_grid(std::vector<float>& values) {
  float largest = 0;
  for (const float value : values) largest = std::max(largest, std::abs(value));
  if (largest <= 0) return;
  int exponent = 0;
  std::frexp(largest, &exponent);  // largest < 2^exponent
  const double grid = std::ldexp(1.0, exponent - 24);
  const double shift = grid * 6755399441055744.0;  // 1.5 x 2^52: its last place is the grid
  for (float& value : values) value = static_cast<float>((static_cast<double>(value) + shift) - shift);
}

}  // namespace

double prediction_of(Loss loss, double margin) {
  if (loss == Loss::squared) return margin;
  return loss == Loss::logistic ? 1 / (1 + std::exp(-margin)) : std::exp(margin);
}

double margin_of(Loss loss, double mean) {
  if (loss == Loss::squared) return mean;
  const double least = 1e-6;
  if (loss != Loss::logistic) return std::log(std::max(mean, least));
  const double p = std::clamp(mean, least, 1 - least);
  return std::log(p / (1 - p));
}

double loss_at(Loss loss, double y, double m) {
  switch (loss) {
    case Loss::squared:
      return (m - y) * (m - y);
    case Loss::logistic:
      return std::max(m, 0.0) - m * y + std::log1p(std::exp(-std::abs(m)));
    case Loss::poisson:
      return std::exp(m) - y * m;
    case Loss::tweedie:
      break;
  }
  constexpr double a = 1 - tweedie_power, b = 2 - tweedie_power;
  return std::exp(b * m) / b - y * std::exp(a * m) / a;
}

double mean_target(std::span<const float> targets, std::span<const float> weights) {
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    sum += weight * targets[i];
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

double mean_loss(Loss loss, std::span<const float> targets, std::span<const float> weights,
                 std::span<const float> margins) {
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    sum += weight * loss_at(loss, targets[i], margins[i]);
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

void loss_slopes(Loss loss, std::span<const float> targets, std::span<const float> weights,
                 std::span<const float> margins, LossSlopes& slopes) {
  slopes.slope.resize(targets.size());
  slopes.curvature.resize(targets.size());
  switch (loss) {
    case Loss::squared:
      fill<Loss::squared>(targets, weights, margins, slopes);
      break;
    case Loss::logistic:
      fill<Loss::logistic>(targets, weights, margins, slopes);
      break;
    case Loss::poisson:
      fill<Loss::poisson>(targets, weights, margins, slopes);
      break;
    case Loss::tweedie:
      fill<Loss::tweedie>(targets, weights, margins, slopes);
      break;
  }
  round_to_grid(slopes.slope);
  round_to_grid(slopes.curvature);
}

}  // namespace perennial
