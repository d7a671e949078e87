#include "nn/initial_weights.h"

#include <numbers>

namespace perennial {

void draw_weights(std::span<float> weights, double scale, const Draws& draws, std::uint32_t entity,
                  std::uint32_t lane) {
  const double reach = scale * std::numbers::sqrt3;
  for (std::size_t begin = 0; begin < weights.size(); begin += 4) {
    const auto words = draws.bits(entity, static_cast<std::uint32_t>(begin / 4), lane);
    for (std::size_t i = 0; i < 4 && begin + i < weights.size(); ++i) {
      weights[begin + i] = static_cast<float>(reach * (2 * ((words[i] + 0.5) * 0x1.0p-32) - 1));
    }
  }
}

}  // namespace perennial
