#pragma once

#include <span>
#include <vector>

namespace perennial {

/// Generalized advantage estimation of one trajectory (Schulman et al., ICLR 2016, eq. 16): the sum over l of
/// (gamma lambda)^l d[t+l], where d[t] = reward[t] + gamma value[t+1] - value[t].
///
/// `values` is one longer than `rewards`: its last belongs to the state after the last reward.
std::vector<double> generalized_advantages(std::span<const double> rewards, std::span<const double> values,
                                           double gamma, double lambda);

}  // namespace perennial
