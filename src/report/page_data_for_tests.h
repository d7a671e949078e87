#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace perennial {

/// What a page was given to draw.
inline nlohmann::json page_data(const std::string& page) {
  const std::string opening = "id=\"page-data\">";
  const auto begin = page.find(opening) + opening.size();
  return nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

/// The kinds of its blocks, top to bottom.
inline std::vector<std::string> kinds_of(const nlohmann::json& data) {
  std::vector<std::string> kinds;
  for (const auto& block : data.at("blocks")) kinds.push_back(block.at("kind"));
  return kinds;
}

}  // namespace perennial
