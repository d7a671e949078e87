#pragma once

#include <Eigen/Core>
#include <cstddef>

namespace perennial {

/// Rows of numbers are padded with zeros to a multiple of this, so that the functions below need no remainder
/// loop. They always work in steps of this many numbers, wherever a row lies in memory: Eigen's dynamic
/// arrays instead peel until an address is aligned, which makes the order of a sum, and so its last bit,
/// depend on the allocator.
inline constexpr std::size_t lane_count = 8;
using Lanes = Eigen::Array<float, static_cast<int>(lane_count), 1>;

constexpr std::size_t padded(std::size_t width) {
  return (width + lane_count - 1) / lane_count * lane_count;
}

inline Eigen::Map<Lanes> lanes(float* at) {
  return Eigen::Map<Lanes>(at);
}
inline Eigen::Map<const Lanes> lanes(const float* at) {
  return Eigen::Map<const Lanes>(at);
}

/// Inner product; `size` is a multiple of lane_count, as everywhere below.
inline float dot(const float* a, const float* b, std::size_t size) {
  Lanes sum = Lanes::Zero();
  for (std::size_t i = 0; i < size; i += lane_count) sum += lanes(a + i) * lanes(b + i);
  return sum.sum();
}

/// into += factor x from.
inline void add_scaled(float* into, float factor, const float* from, std::size_t size) {
  for (std::size_t i = 0; i < size; i += lane_count) lanes(into + i) += factor * lanes(from + i);
}

/// into += from.
inline void add(float* into, const float* from, std::size_t size) {
  for (std::size_t i = 0; i < size; i += lane_count) lanes(into + i) += lanes(from + i);
}

}  // namespace perennial
