#pragma once

#include <cstddef>
#include <span>

#include "respond/learners/booster.h"
#include "respond/learners/regressor.h"

namespace perennial {

/// The prediction of a margin: itself, 1 / (1 + exp(-m)) or exp(m).
double prediction_of(Loss loss, double margin);
/// Its inverse, for a mean; kept off the ends of what the loss can reach.
double margin_of(Loss loss, double mean);

/// Loss of one prediction, up to what does not depend on it. Tweedie has variance power 1.5.
double loss_at(Loss loss, double target, double margin);

/// Weighted mean of the targets; `weights` empty: all 1.
double mean_target(std::span<const float> targets, std::span<const float> weights);

/// Weighted mean loss, summed in order.
double mean_loss(Loss loss, std::span<const float> targets, std::span<const float> weights,
                 std::span<const float> margins);

/// Slope and curvature of weight x loss at each margin, rounded to multiples of a power of two so coarse that sums of
/// any 2^29 of them are exact in 64-bit reals, and so fine that the largest keeps its 24 bits.
void loss_slopes(Loss loss, std::span<const float> targets, std::span<const float> weights,
                 std::span<const float> margins, LossSlopes& slopes);

}  // namespace perennial
