#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// exp(strength z), z = the standardised score, cut off at `clip` and 1 / clip, then divided by its mean weighted by
/// `exposure`, so that the average impression keeps its weight. Scores that are all alike give 1.
std::vector<float> score_boost(std::span<const double> score, std::span<const double> exposure,
                               double strength, double clip);

/// The same values in another order, by the coins of a future: a placebo's scores.
std::vector<double> permuted(const std::vector<double>& values, std::uint64_t future);

}  // namespace perennial
