#include "respond/table/creator_hash.h"

#include <span>

#include "io/hash.h"

namespace perennial {
namespace {

std::uint64_t hash(std::string_view text, std::uint64_t seed) {
  return hash_bytes(std::as_bytes(std::span(text)), seed);
}

}  // namespace

double creator_hash(std::string_view id, std::string_view salt, HashUse use) {
  const std::uint64_t seed = hash(salt, hash(use == HashUse::assignment ? "assignment" : "evaluation", 0));
  return static_cast<double>(hash(id, seed) >> 11) * 0x1.0p-53;
}

bool in_evaluation_share(std::string_view id, std::string_view salt, double share) {
  return creator_hash(id, salt, HashUse::evaluation) < share;
}

}  // namespace perennial
