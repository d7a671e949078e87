#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "simulate/metrics.h"
#include "study/comparison.h"
#include "study/interval.h"

namespace perennial {

/// Width in rounds of the moving average that a chart of so many rounds uses: odd, 1 (none) below 40 rounds, about a
/// twentieth of the run, at most 25.
std::size_t smoothing_window(std::size_t rounds);

/// Which rounds (from 0) a chart draws: all, or `most` evenly spaced ones with the first and the last. most >= 2.
std::vector<std::size_t> drawn_rounds(std::size_t rounds, std::size_t most);

/// The mean over seeds, with its interval, of the metric's moving average in each of the `drawn` rounds. The average
/// is taken within a seed first, over the `window` rounds around each round (fewer at both ends), so that the interval
/// is that of what is drawn.
std::vector<Interval> curve_of(const ComparedPolicy& policy, Metric metric, std::size_t window,
                               std::span<const std::size_t> drawn);

}  // namespace perennial
