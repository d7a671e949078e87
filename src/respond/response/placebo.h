#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "respond/response/held_out.h"
#include "respond/response/response_evaluation.h"

namespace perennial {

/// Shuffles who counts as treated: a permutation of `treated`, of whole clusters where each cluster lies in one arm.
/// A function of its arguments.
std::vector<std::uint8_t> shuffled_treatment(std::span<const std::uint8_t> treated, Clusters clusters,
                                             std::uint64_t seed, std::uint32_t placebo);

/// Fits the model's learner `count` >= 1 times on the table's training part under shuffled treatment, and evaluates each fit
/// on the held-out creators, shuffled alike. `real`: AUTOC of the real fit. Fits go side by side, one per thread; the result
/// does not depend on their number. `done` is told of each from any thread. Throws Error(interrupted) as the fit does.
PlaceboFits fit_placebos(const ResponseFit& fit, const CreatorTable& table, const HeldOut& held_out,
                         double real_autoc, std::size_t count, std::uint64_t seed, Workers& workers,
                         const std::function<void()>& done = {});

}  // namespace perennial
