#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace perennial {

/// The whole file as bytes. Error(not_found) when there is none, Error(io) when it is a folder or cannot be
/// read.
std::string read_text_file(const std::filesystem::path& path);

/// Where something stands in a text; both from 1.
struct TextPlace {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// The place of a byte; columns count bytes.
TextPlace place_of(std::string_view text, std::size_t offset);

}  // namespace perennial
