#pragma once

#include <CLI/App.hpp>

namespace perennial {

/// `perennial fork value suggestions | impressions`.
void add_fork_value_command(CLI::App& fork);

}  // namespace perennial
