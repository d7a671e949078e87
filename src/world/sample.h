#pragma once

#include <cstdint>

#include "world/world.h"

namespace perennial {

/// Some of a world's users and creators, drawn by seed without replacement, in the order they had; 0 = all. Genres stay.
/// Past clicks of users left out go with them; a creator left out becomes no_creator in the clicks that stay.
/// Throws Error(invalid_argument) when more are asked for than there are.
World sample(const World& world, std::size_t users, std::size_t creators, std::uint64_t seed);

}  // namespace perennial
