#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// Doubly robust scores: unbiased for each creator's effect whatever the models say, because the share treated is known,
/// and less noisy the better they are (Robins, Rotnitzky and Zhao 1994):
/// mu_1 - mu_0 + (w - e) / (e (1 - e)) (y - mu_w). All of one length; `propensity` in (0, 1).
std::vector<double> doubly_robust_scores(std::span<const double> outcome,
                                         std::span<const std::uint8_t> treated,
                                         std::span<const double> control_outcome,
                                         std::span<const double> treated_outcome, double propensity);

}  // namespace perennial
