#include "llm/server_json.h"

#include <nlohmann/json.hpp>

#include "base/check.h"

namespace perennial {
namespace {

using nlohmann::json;

/// The code unit that "\uXXXX" at `at` stands for, or -1.
int code_unit_at(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int unit = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const char c = text[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

bool is_high_surrogate(int unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}

bool is_low_surrogate(int unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

/// Escaped halves of surrogate pairs that stand alone become U+FFFD; all else stays.
std::string without_lone_surrogates(std::string_view text) {
  std::string mended;
  mended.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const int unit = code_unit_at(text, at);
    if (is_high_surrogate(unit) && is_low_surrogate(code_unit_at(text, at + 6))) {
      mended += text.substr(at, 12);
      at += 12;
    } else if (unit >= 0) {
      mended += is_high_surrogate(unit) || is_low_surrogate(unit) ? "\\ufffd" : text.substr(at, 6);
      at += 6;
    } else {
      const std::size_t length = text[at] == '\\' ? 2 : 1;  // an escaped backslash begins nothing
      mended += text.substr(at, length);
      at += length;
    }
  }
  return mended;
}

/// What is nested deeper is no answer, and more than some of the library's functions can walk.
constexpr std::size_t nesting_most = 200;

bool is_nested_too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') quoted = !quoted;
    if (c == '\\') ++at;
    if (quoted) continue;
    if ((c == '[' || c == '{') && ++depth > nesting_most) return true;
    if ((c == ']' || c == '}') && depth > 0) --depth;
  }
  return false;
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  const auto quoted = json(text).dump(-1, ' ', false, json::error_handler_t::replace);
  const auto parsed = json::parse(quoted, nullptr, false);
  check(parsed.is_string(), "what the library wrote as a string it reads as one");
  return parsed.get<std::string>();
}

std::optional<json> parse_server_json(std::string_view text) {
  if (is_nested_too_deep(text)) return std::nullopt;
  auto parsed = json::parse(text, nullptr, false);
  if (parsed.is_discarded()) parsed = json::parse(without_lone_surrogates(valid_utf8(text)), nullptr, false);
  if (parsed.is_discarded()) return std::nullopt;
  return parsed;
}

std::string one_line(std::string_view text, std::size_t bytes_most) {
  std::string line;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7f;
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
    if (line.size() >= bytes_most) break;
  }
  while (line.ends_with(' ')) line.pop_back();
  // A character cut in the middle goes as a whole.
  if (line.size() >= bytes_most) {
    while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xC0) == 0x80) line.pop_back();
    if (!line.empty() && static_cast<unsigned char>(line.back()) >= 0xC0) line.pop_back();
    line += "..";
  }
  return valid_utf8(line);
}

}  // namespace perennial
