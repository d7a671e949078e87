#include "io/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
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

/// Length of the UTF-8 character that begins with `lead` and its smallest code point; 0 for a byte that begins none.
struct Form {
  std::size_t length;
  std::uint32_t least;
};

Form form_of(unsigned char lead) {
  if (lead < 0x80) return {1, 0};
  if (lead >= 0xC2 && lead < 0xE0) return {2, 0x80};
  if (lead >= 0xE0 && lead < 0xF0) return {3, 0x800};
  if (lead >= 0xF0 && lead < 0xF5) return {4, 0x10000};
  return {0, 0};
}

/// Does a whole character stand at the front, neither overlong nor a surrogate nor beyond Unicode?
bool is_character(std::string_view text, Form form) {
  if (form.length == 0 || form.length > text.size()) return false;
  if (form.length == 1) return true;
  std::uint32_t code = static_cast<unsigned char>(text[0]) & (0x7FU >> form.length);
  for (std::size_t i = 1; i < form.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80U) return false;
    code = code << 6 | (byte & 0x3FU);
  }
  return code >= form.least && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

}  // namespace

TextPlace place_of(std::string_view text, std::size_t offset) {
  text = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  const auto line_end = text.rfind('\n');
  return {line, 1 + (line_end == std::string_view::npos ? text.size() : text.size() - line_end - 1)};
}

std::size_t first_not_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto form = form_of(static_cast<unsigned char>(text[at]));
    if (!is_character(text.substr(at), form)) break;
    at += form.length;
  }
  return at;
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
