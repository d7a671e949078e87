#pragma once

#include <string>
#include <vector>

namespace perennial {

/// Hidden layers as a user writes them, "2x,4x,2x" (so many times the inputs) or "256,256", as widths.
///
/// Multiples are refused beyond `released_creators`, and any layers that would make too large a network: both
/// Error(invalid_argument). `outputs` counts the last layer's.
std::vector<std::size_t> hidden_layers(const std::string& hidden, std::size_t creators, std::size_t inputs,
                                       std::size_t outputs);

inline constexpr std::size_t released_creators = 200;
inline constexpr double most_weights = 5e8;  ///< of one network; with its optimiser 8 GB

}  // namespace perennial
