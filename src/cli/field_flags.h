#pragma once

#include <CLI/App.hpp>
#include <string>

#include "base/fields.h"

namespace perennial {

/// A flag for one field, with its help, default, range and choices; the field's variable must outlive the command's parsing.
void add_field_flag(CLI::App& command, const std::string& flag, const Field& field);

/// The same for the field of this name, which must be there.
void add_field_flag(CLI::App& command, const std::string& flag, const Fields& fields,
                    const std::string& name);

}  // namespace perennial
