#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace perennial {

/// XXH3, 64 bits: finds damage and tells results apart; not for secrets.
std::uint64_t hash_bytes(std::span<const std::byte> bytes, std::uint64_t seed = 0);

/// The same as 16 hexadecimal digits.
std::string hash_text(std::uint64_t hash);

}  // namespace perennial
