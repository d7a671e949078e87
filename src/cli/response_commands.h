#pragma once

#include <CLI/App.hpp>

namespace perennial {

/// Each adds one command below `perennial response`, whose callback does the work and throws Error.
void add_response_evaluate_command(CLI::App& response);
void add_response_compare_command(CLI::App& response);

}  // namespace perennial
