#pragma once

#include <filesystem>
#include <string>

namespace perennial {

/// The whole file as bytes. Error(not_found) when there is none, Error(io) when it is a folder or cannot be
/// read.
std::string read_text_file(const std::filesystem::path& path);

}  // namespace perennial
