#include "llm/secret.h"

#include <algorithm>

namespace perennial {
namespace {

/// Servers that name a key often name its beginning and end only.
constexpr std::size_t telling_characters = 8;

/// How much of `text` from `at` on is a stretch of the key; 0 when too short to tell.
std::size_t stretch_of_key(std::string_view text, std::size_t at, std::string_view key) {
  const auto least = std::min(telling_characters, key.size());
  std::size_t longest = 0;
  for (auto found = key.find(text.substr(at, least)); found != std::string_view::npos;
       found = key.find(text.substr(at, least), found + 1)) {
    std::size_t length = 0;
    while (at + length < text.size() && found + length < key.size() &&
           text[at + length] == key[found + length]) {
      ++length;
    }
    longest = std::max(longest, length);
  }
  return longest >= least ? longest : 0;
}

}  // namespace

std::string redact(std::string_view text, const Secret& secret) {
  if (secret.empty()) return std::string(text);
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto length = stretch_of_key(text, at, secret.reveal()); length > 0) {
      shown += "(key)";
      at += length;
    } else {
      shown += text[at++];
    }
  }
  return shown;
}

}  // namespace perennial
