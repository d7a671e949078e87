#pragma once

#include <cstdint>

namespace perennial {

using UserId = std::uint32_t;
using CreatorId = std::uint32_t;
using ItemId = std::uint32_t;
using GenreId = std::uint16_t;

/// "No suggestion", "unknown genre".
inline constexpr GenreId no_genre = 0xFFFF;
/// An empty place in a slate.
inline constexpr ItemId no_item = 0xFFFFFFFF;
/// "Creator unknown", in imported interactions.
inline constexpr CreatorId no_creator = 0xFFFFFFFF;

}  // namespace perennial
