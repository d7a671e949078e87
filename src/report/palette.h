#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "study/comparison.h"

namespace perennial {

/// Eight colours that stay apart for the four common kinds of colour vision (distance in OKLab at least .097 between
/// any two under Machado's matrices for no, red, green and blue deficiency), and from the page (contrast at least 3).
/// The first is grey: for the policy that does nothing.
inline constexpr std::array<std::string_view, 8> light_colours = {"#6c7378", "#3a5192", "#a75a28", "#45a679",
                                                                  "#e15ec4", "#a48d0a", "#4b2361", "#772a20"};
inline constexpr std::array<std::string_view, 8> dark_colours = {"#9ea6ab", "#25bffe", "#ef972d", "#a6f3ba",
                                                                 "#ac6594", "#fdda1a", "#7076ed", "#ef4d41"};

/// The colour of each policy: 0 for `silent`, the others in order from 1. From 8 on colours start again, dotted.
std::vector<std::size_t> colour_slots(const Comparison& comparison);

}  // namespace perennial
