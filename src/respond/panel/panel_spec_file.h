#pragma once

#include <string>
#include <string_view>

#include "respond/panel/panel_spec.h"

namespace perennial {

/// Reads a spec: start, end, [assignment], [creators], [events.NAME], [[feature]], [[outcome]], each with the keys of its
/// Fields. Throws Error(invalid_data) or Error(invalid_argument) "name:line: .." for what is not so.
PanelSpec parse_panel_spec(std::string_view toml, const std::string& name);

/// The whole spec as such a file.
std::string to_toml(const PanelSpec& spec);

}  // namespace perennial
