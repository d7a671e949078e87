#include "llm_server/prompt_facts.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <sstream>

namespace perennial::llm_server {
namespace {

constexpr auto marks = " \t\r\n\"'`*-|.,;:[]()";

std::string small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::vector<std::string> listed(const std::string& text) {
  std::vector<std::string> names;
  std::istringstream in(text);
  for (std::string name; std::getline(in, name, ',');) {
    if (const auto word = plain(name); !word.empty()) names.push_back(word);
  }
  return names;
}

/// What stands behind "genre:" in a line; empty where it has none.
std::string genre_in(const std::string& line) {
  const auto lower = small(line);
  for (const char* key : {"genre:", "genre\":", "genre=", "genre ="}) {
    const auto at = lower.find(key);
    if (at == std::string::npos) continue;
    auto start = lower.find_first_not_of(" \"'`*", at + std::string(key).size());
    if (start == std::string::npos) continue;
    return plain(lower.substr(start, lower.find_first_of(",;|\"'`)]\n", start) - start));
  }
  return "";
}

}  // namespace

std::string plain(std::string text) {
  const auto first = text.find_first_not_of(marks);
  if (first == std::string::npos) return "";
  return small(text.substr(first, text.find_last_not_of(marks) - first + 1));
}

bool PromptFacts::likes(const std::string& genre) const {
  return std::find(interests.begin(), interests.end(), plain(genre)) != interests.end();
}

PromptFacts read_prompt(const std::string& prompt) {
  PromptFacts facts;
  std::istringstream in(prompt);
  for (std::string line; std::getline(in, line);) {
    const auto colon = line.find(':');
    if (facts.interests.empty() && colon != std::string::npos &&
        small(line.substr(0, colon)).find("interest") != std::string::npos)
      facts.interests = listed(line.substr(colon + 1));
    if (auto genre = genre_in(line); !genre.empty()) facts.items.push_back({std::move(genre), line});
  }
  return facts;
}

std::optional<double> average_clicks(const std::string& prompt, const std::string& genre) {
  const auto name = small(genre);
  std::istringstream in(prompt);
  for (std::string line; std::getline(in, line);) {
    const auto lower = small(line);
    const auto start = lower.find_first_not_of(marks);
    if (start == std::string::npos || lower.compare(start, name.size(), name) != 0) continue;
    auto rest = lower.substr(start + name.size());
    rest.erase(0, std::min(rest.find_first_not_of(" \t\"'`*"), rest.size()));
    const bool ends_here =
        !rest.empty() && std::string(":|=(,-0123456789").find(rest[0]) != std::string::npos;
    if (!ends_here && !rest.starts_with("unknown")) continue;  // a longer name
    const auto digit = rest.find_first_of("0123456789");
    if (rest.find("unknown") < digit || digit == std::string::npos) return std::nullopt;
    return std::strtod(rest.c_str() + digit, nullptr);
  }
  return std::nullopt;
}

}  // namespace perennial::llm_server
