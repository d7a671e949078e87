#include "structure/style_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace perennial::structure {
namespace {

std::string breach(const SourceFile& file, std::size_t line_index, const std::string& what) {
  return fmt::format("{}:{}: {}", file.path, line_index + 1, what);
}

bool starts_type_definition(const std::string& line) {
  static const std::regex start(R"(^(class|struct|enum class|enum)\s+\w+)");
  return std::regex_search(line, start) && !line.ends_with(";");
}

/// Between a comment and its class: template <..> and requires .. lines.
bool belongs_to_definition_below(const std::string& line) {
  return line.starts_with("template") || line.starts_with("requires") || line.starts_with("  requires");
}

}  // namespace

std::vector<std::string> long_files(const std::vector<SourceFile>& files, std::size_t most) {
  std::vector<std::string> breaches;
  for (const auto& file : files) {
    if (file.lines.size() > most) {
      breaches.push_back(fmt::format("{}: {} lines, at most {}", file.path, file.lines.size(), most));
    }
  }
  return breaches;
}

std::vector<std::string> lines_with(const std::vector<SourceFile>& files, const std::regex& pattern,
                                    const std::string& what) {
  std::vector<std::string> breaches;
  for (const auto& file : files) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      if (std::regex_search(file.lines[i], pattern)) breaches.push_back(breach(file, i, what));
    }
  }
  return breaches;
}

std::vector<std::string> headers_without_pragma_once(const std::vector<SourceFile>& files) {
  std::vector<std::string> breaches;
  for (const auto& file : files) {
    if (!file.is_header()) continue;
    const auto code = std::find_if(file.lines.begin(), file.lines.end(),
                                   [](const auto& line) { return !line.empty() && !line.starts_with("//"); });
    if (code == file.lines.end() || *code != "#pragma once")
      breaches.push_back(breach(file, 0, "no #pragma once"));
  }
  return breaches;
}

std::vector<std::string> types_without_comment(const std::vector<SourceFile>& files) {
  std::vector<std::string> breaches;
  for (const auto& file : files) {
    if (!file.is_header()) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      if (!starts_type_definition(file.lines[i])) continue;
      std::size_t above = i;
      while (above > 0 && belongs_to_definition_below(file.lines[above - 1])) --above;
      if (above == 0 || !file.lines[above - 1].starts_with("//")) {
        breaches.push_back(breach(file, i, "no comment above '" + file.lines[i] + "'"));
      }
    }
  }
  return breaches;
}

}  // namespace perennial::structure
