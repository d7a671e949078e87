#pragma once

#include <cstdint>
#include <string_view>

namespace perennial::llm_server {

/// FNV-1a with a last mixing, 64 bits: the server shares no code with what it tests.
constexpr std::uint64_t text_hash(std::string_view text, std::uint64_t seed = 0) {
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ (seed * 0x9e3779b97f4a7c15ULL);
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdULL;
  hash ^= hash >> 33;
  hash *= 0xc4ceb9fe1a85ec53ULL;
  return hash ^ (hash >> 33);
}

/// A number in [0, 1) that the text decides.
constexpr double text_fraction(std::string_view text, std::uint64_t seed = 0) {
  return static_cast<double>(text_hash(text, seed) >> 11) * 0x1p-53;
}

}  // namespace perennial::llm_server
