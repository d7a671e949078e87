#include "io/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "base/error.h"

namespace perennial {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

[[noreturn]] void refuse(const std::filesystem::path& path, int reason) {
  const auto code = reason == ENOENT || reason == ENOTDIR ? ErrorCode::not_found : ErrorCode::io;
  throw Error(code, fmt::format("{}: cannot be read: {}", path.string(), std::strerror(reason)));
}

}  // namespace

TextPlace place_of(std::string_view text, std::size_t offset) {
  text = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  const auto line_end = text.rfind('\n');
  return {line, 1 + (line_end == std::string_view::npos ? text.size() : text.size() - line_end - 1)};
}

std::string read_text_file(const std::filesystem::path& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) refuse(path, errno);
  std::string text;
  char block[1 << 16];
  while (const auto got = std::fread(block, 1, sizeof(block), file.get())) text.append(block, got);
  if (std::ferror(file.get())) refuse(path, errno);
  return text;
}

}  // namespace perennial
