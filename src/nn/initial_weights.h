#pragma once

#include <cstdint>
#include <span>

#include "base/random.h"

namespace perennial {

/// Fills `weights` with independent numbers of mean 0 and standard deviation `scale`, uniform within +- scale
/// sqrt(3). Number i is a function of the address (draws, entity, i / 4, lane).
void draw_weights(std::span<float> weights, double scale, const Draws& draws, std::uint32_t entity,
                  std::uint32_t lane);

}  // namespace perennial
