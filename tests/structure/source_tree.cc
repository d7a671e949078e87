#include "structure/source_tree.h"

#include <algorithm>
#include <fstream>
#include <regex>

namespace perennial::structure {
namespace {

bool is_wanted(const std::filesystem::path& path, const std::vector<std::string>& endings) {
  for (const auto& part : path) {
    if (part == "node_modules" || part == "__pycache__") return false;
  }
  return std::any_of(endings.begin(), endings.end(),
                     [&](const auto& ending) { return path.filename().string().ends_with(ending); });
}

SourceFile read_file(const std::filesystem::path& root, const std::filesystem::path& path) {
  SourceFile file{.path = path.lexically_relative(root).generic_string(), .lines = {}};
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) file.lines.push_back(line);
  return file;
}

std::vector<std::string> words(const std::string& text) {
  static const std::regex word(R"([^\s]+)");
  return {std::sregex_token_iterator(text.begin(), text.end(), word), {}};
}

}  // namespace

std::vector<SourceFile> read_files(const std::filesystem::path& root, std::string_view folder,
                                   const std::vector<std::string>& endings) {
  std::vector<SourceFile> files;
  if (!std::filesystem::exists(root / folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    if (entry.is_regular_file() && is_wanted(entry.path(), endings))
      files.push_back(read_file(root, entry.path()));
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

std::vector<Room> read_rooms(const std::vector<SourceFile>& files) {
  static const std::regex call(R"(perennial_room\(\s*(\w+)(?:\s+DEPENDS\s+([\w\s]*?))?\s*(?:LINK[^)]*)?\))");
  std::vector<Room> rooms;
  for (const auto& file : files) {
    if (!file.path.starts_with("src/") || !file.path.ends_with("/CMakeLists.txt")) continue;
    std::string text;
    for (const auto& line : file.lines) text += line + "\n";
    std::smatch match;
    if (!std::regex_search(text, match, call)) continue;
    const auto folder = file.path.substr(4, file.path.rfind('/') - 4);
    rooms.push_back({.name = match[1], .folder = folder, .depends = words(match[2])});
  }
  return rooms;
}

std::vector<std::string> quoted_includes(const SourceFile& file) {
  static const std::regex include(R"re(^\s*#\s*include\s*"([^"]+)")re");
  std::vector<std::string> paths;
  for (const auto& line : file.lines) {
    std::smatch match;
    if (std::regex_search(line, match, include)) paths.push_back(match[1]);
  }
  return paths;
}

}  // namespace perennial::structure
