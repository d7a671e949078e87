#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "world/definition.h"

namespace perennial {

/// Reads a definition. Strict: an unknown key (with the nearest name), a wrong type, a broken rule of
/// definition.h or a pair that names no genre throws Error with "name:line" in front.
WorldDefinition parse_definition(std::string_view text, const std::string& name);
WorldDefinition read_definition(const std::filesystem::path& path);

/// TOML text that reads back the same; numbers are rounded to six digits.
std::string definition_text(const WorldDefinition& definition);

}  // namespace perennial
