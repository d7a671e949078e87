#pragma once

#include "simulate/ecosystem.h"
#include "simulate/metrics.h"

namespace perennial {

/// All metrics of the round just played. `discounted_value` and `cumulative_clicks` are read from the ecosystem.
RoundMetrics measure(const Ecosystem& ecosystem);

/// Gini coefficient of non-negative values in [0, 1): 0 = all alike (also when all are zero). Sorts its copy.
double gini(std::vector<double> values);

/// Shannon entropy in bits of counts; 0 when there are none.
double entropy_bits(std::span<const std::uint32_t> counts);

}  // namespace perennial
