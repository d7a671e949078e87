#pragma once

#include <span>
#include <string_view>

namespace perennial {

/// A file of this folder as it was when the program was built.
struct BuiltinFile {
  std::string_view path;  ///< relative to worlds/: "youtube.toml", "settings/lockin.toml"
  std::string_view text;
};

/// All of them, ascending by path.
std::span<const BuiltinFile> builtin_files();

}  // namespace perennial
