#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// "debug", "info", "warning", "error", "off".
const std::vector<std::string>& log_levels();

/// Sends what the rooms log (spdlog::info(..) and its like) to stderr, from `level` up. Throws Error(invalid_argument)
/// for an unknown level. For the program's edge, before the first line is logged: spdlog's own default is stdout,
/// which belongs to results.
void start_logging(std::string_view level);

}  // namespace perennial
