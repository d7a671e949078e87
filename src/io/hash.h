#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace perennial {

/// XXH3, 64 bits: finds damage and tells results apart; not for secrets.
std::uint64_t hash_bytes(std::span<const std::byte> bytes, std::uint64_t seed = 0);

/// XXH3, 128 bits, most significant byte first: for keys of stored things.
std::array<std::byte, 16> hash_bytes_128(std::span<const std::byte> bytes);

/// 64 bits as 16 hexadecimal digits.
std::string hash_text(std::uint64_t hash);

}  // namespace perennial
