#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

namespace perennial {

/// Puts a file in place whole or not at all: `write` fills a temporary file beside it, which is flushed to
/// the disk and then renamed. If anything fails the temporary file is removed, whatever was there before
/// stays, and an Error with `path` in front is thrown; Error(io) for a full disk or missing rights.
void write_file_with(const std::filesystem::path& path,
                     const std::function<void(const std::filesystem::path& temporary)>& write);

/// The same for text or bytes at hand.
void write_text_file(const std::filesystem::path& path, std::string_view text);
void write_bytes(const std::filesystem::path& path, std::initializer_list<std::span<const std::byte>> pieces);

}  // namespace perennial
