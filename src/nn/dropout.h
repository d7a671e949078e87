#pragma once

#include <cstdint>
#include <span>

#include "base/random.h"

namespace perennial {

/// Drops each of `units` (sets it to 0) with probability `rate`, in [0, 1), and multiplies the others by 1 / (1 - rate), so
/// that the expected value stays (Srivastava et al., JMLR 2014). The rate is rounded to a multiple of 2^-16. Unit i is a
/// function of the address (draws, entity, index, first_lane + i / 8).
///
/// After a ReLU the way back needs no memory of who was dropped: what is positive was kept, and its slope is multiplied by
/// 1 / (1 - rate); all others have slope 0.
void drop_units(std::span<float> units, double rate, const Draws& draws, std::uint32_t entity,
                std::uint32_t index, std::uint32_t first_lane);

}  // namespace perennial
