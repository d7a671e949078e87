#pragma once

#include <CLI/App.hpp>

namespace perennial {

/// Each adds one command below `perennial study`, whose callback does the work and throws Error.
void add_levers_study(CLI::App& study);
void add_surrogate_study(CLI::App& study);

}  // namespace perennial
