#pragma once

namespace perennial {

/// Ends the program with `rule` and a place in the source; see check().
[[noreturn]] void stop_at_own_mistake(const char* rule, const char* file, int line, const char* function);

/// Stops the program with `rule` and the place of the call when `holds` is false: for what only we can do wrong.
/// Stays on in release builds. The place fills itself in (std::source_location is beyond clang 14, which checks and
/// fuzzes this code).
inline void check(bool holds, const char* rule, const char* file = __builtin_FILE(),
                  int line = __builtin_LINE(), const char* function = __builtin_FUNCTION()) {
  if (!holds) [[unlikely]]
    stop_at_own_mistake(rule, file, line, function);
}

}  // namespace perennial
