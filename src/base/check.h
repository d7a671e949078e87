#pragma once

#include <source_location>

namespace perennial {

/// Stops the program with `rule` and the place when `holds` is false: for what only we can do wrong.
/// Stays on in release builds.
void check(bool holds, const char* rule, std::source_location where = std::source_location::current());

}  // namespace perennial
