#include "llm_server/prompt_facts.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <regex>
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
    return plain(lower.substr(start, lower.find_first_of(",;|\n", start) - start));
  }
  return "";
}

/// "a title" of "12. a title".
std::string without_number(const std::string& line) {
  static const std::regex number(R"(^\s*\d+[.)]\s*)");
  return std::regex_replace(line, number, "");
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
    if (auto genre = genre_in(line); !genre.empty())
      facts.items.push_back({std::move(genre), without_number(line)});
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
    rest.erase(0, std::min(rest.find_first_not_of(" :|=(,-"), rest.size()));
    if (rest.starts_with("unknown")) return std::nullopt;
    return std::strtod(rest.c_str(), nullptr);
  }
  return std::nullopt;
}

std::optional<PromptSuggestion> read_suggestion(const std::string& prompt,
                                                const std::vector<std::string>& genres) {
  std::istringstream in(prompt);
  for (std::string line; std::getline(in, line);) {
    if (line.find("suggests") == std::string::npos) continue;
    PromptSuggestion suggestion;
    for (const auto& genre : genres) {
      if (genre.size() > suggestion.genre.size() && line.find(genre) != std::string::npos)
        suggestion.genre = genre;
    }
    if (suggestion.genre.empty()) continue;
    if (const auto bracket = line.find('('); bracket != std::string::npos)
      suggestion.trust = std::strtod(line.c_str() + bracket + 1, nullptr);
    return suggestion;
  }
  return std::nullopt;
}

Json schema_of_example(const std::string& prompt, std::size_t items, const std::vector<std::string>& genres) {
  const auto start = prompt.find("{\"");
  const auto end = prompt.find('}', start);
  if (start == std::string::npos || end == std::string::npos) return nullptr;
  const auto example = prompt.substr(start, end - start);
  static const std::regex field(R"re("(\w+)"\s*:\s*(\[?)\s*"([^"]*)")re");
  Json properties = Json::object();
  for (std::sregex_iterator at(example.begin(), example.end(), field); at != std::sregex_iterator(); ++at) {
    const std::string name = (*at)[1], value = (*at)[3];
    Json text = {{"type", "string"}, {"maxLength", 100}};
    if (value == "WATCH" || value == "SKIP") text["enum"] = {"WATCH", "SKIP", "LEAVE"};
    if (value == "EXPLOIT" || value == "EXPLORE") text["enum"] = {"EXPLOIT", "EXPLORE"};
    if (name == "genre" && !genres.empty()) text["enum"] = genres;
    properties[name] = text;
    if ((*at)[2].length() > 0)
      properties[name] = {{"type", "array"}, {"items", text}, {"minItems", items}, {"maxItems", items}};
  }
  return properties.empty() ? Json() : Json{{"type", "object"}, {"properties", properties}};
}

std::vector<std::string> listed_genres(const std::string& prompt) {
  static const std::regex row(R"(^[\s*|-]*([^:|]+?)\s*:\s*(\d|unknown|no clicks known).*)");
  std::vector<std::string> genres;
  std::istringstream in(prompt);
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (std::regex_match(line, match, row)) genres.push_back(match[1]);
  }
  return genres;
}

}  // namespace perennial::llm_server
