#pragma once

#include <cstddef>
#include <vector>

namespace perennial {

/// A range of round numbers and the distance of its ticks.
struct TickRange {
  double low = 0;
  double high = 1;
  double step = 1;
};

/// The smallest range of ticks around [least, most] with about `count` of them; steps are 1, 2, 2.5 or 5 times a power
/// of ten.
TickRange tick_range(double least, double most, int count);

/// Moves positions apart by at least `gap`, each group as little as it takes, within [low, high] where they fit.
/// `wanted` ascends; so does the result.
std::vector<double> moved_apart(const std::vector<double>& wanted, double gap, double low, double high);

}  // namespace perennial
