#include "nn/dropout.h"

#include <algorithm>
#include <cmath>

namespace perennial {

void drop_units(std::span<float> units, double rate, const Draws& draws, std::uint32_t entity,
                std::uint32_t index, std::uint32_t first_lane) {
  constexpr std::size_t per_draw = 8;  // sixteen bits each
  if (rate <= 0) return;
  const auto dropped = static_cast<std::uint32_t>(std::lround(rate * 65536));
  const auto scale = static_cast<float>(1 / (1 - rate));
  for (std::size_t begin = 0; begin < units.size(); begin += per_draw) {
    const auto words = draws.bits(entity, index, first_lane + static_cast<std::uint32_t>(begin / per_draw));
    const std::size_t count = std::min(per_draw, units.size() - begin);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t draw = (words[i / 2] >> (16 * (i % 2))) & 0xFFFF;
      units[begin + i] *= draw < dropped ? 0.0F : scale;
    }
  }
}

}  // namespace perennial
