#pragma once

namespace perennial {

/// Of the program, its saved states and its output.
inline constexpr const char* program_version = "0.5.0";

}  // namespace perennial
