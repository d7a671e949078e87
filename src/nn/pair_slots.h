#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace perennial {

/// Numbers distinct pairs 0, 1, .. in the order they are first met. Deterministic; a pair costs a few nanoseconds.
class PairSlots {
 public:
  /// Forgets all pairs and makes room for this many.
  void reset(std::size_t most) {
    std::size_t size = 64;
    while (size < 2 * most) size *= 2;
    if (size > keys_.size()) {
      keys_.resize(size);
      slots_.resize(size);
    }
    std::fill(keys_.begin(), keys_.end(), free);
    count_ = 0;
  }

  std::uint32_t count() const { return count_; }

  /// The pair's number: count() as it was before the call, when the pair is new. Not for (2^32 - 1, 2^32 - 1).
  std::uint32_t slot(std::uint32_t a, std::uint32_t b) {
    const std::uint64_t key = (std::uint64_t{a} << 32) | b;
    const std::size_t mask = keys_.size() - 1;
    std::size_t at = ((key * 0x9E3779B97F4A7C15u) >> 20) & mask;
    while (keys_[at] != key) {
      if (keys_[at] == free) {
        keys_[at] = key;
        return slots_[at] = count_++;
      }
      at = (at + 1) & mask;
    }
    return slots_[at];
  }

 private:
  static constexpr std::uint64_t free = ~std::uint64_t{0};

  std::vector<std::uint64_t> keys_;  // a power of two of them, at most half in use
  std::vector<std::uint32_t> slots_;
  std::uint32_t count_ = 0;
};

}  // namespace perennial
