#include "llm/prompt_template.h"

#include <builtin_prompts.h>
#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/check.h"
#include "base/error.h"
#include "base/names.h"
#include "io/text_file.h"

namespace perennial {
namespace {

std::optional<ChatRole> role_of_section(std::string_view line) {
  if (line == "[system]") return ChatRole::system;
  if (line == "[user]") return ChatRole::user;
  if (line == "[assistant]") return ChatRole::assistant;
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

/// The sections as written; a line before the first one must be a comment or empty.
std::vector<ChatMessage> sections_of(const std::string& place, std::string_view text) {
  std::vector<ChatMessage> sections;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    const auto line = text.substr(begin, end - begin);
    begin = end + 1;
    if (const auto role = role_of_section(trimmed(line))) {
      sections.push_back({*role, ""});
    } else if (!sections.empty()) {
      sections.back().text.append(line).push_back('\n');
    } else if (!trimmed(line).empty() && !line.starts_with("#")) {
      throw Error(ErrorCode::invalid_data,
                  fmt::format("{}: '{}': must stand in a section, [system] or [user], or begin with #", place,
                              trimmed(line)));
    }
  }
  for (auto& section : sections) section.text = std::string(trimmed(section.text));
  std::erase_if(sections, [](const auto& section) { return section.text.empty(); });
  if (sections.empty())
    throw Error(ErrorCode::invalid_data, fmt::format("{}: has no section, such as [user]", place));
  return sections;
}

/// Names between braces, in order; what is no name ("{}", "{ x }") comes as it stands there.
std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{') continue;
    if (text.substr(i).starts_with("{{")) {
      ++i;
      continue;
    }
    const auto end = std::min(text.find_first_of("}:", i), text.size());
    names.emplace_back(text.substr(i + 1, end - i - 1));
    i = end;
  }
  return names;
}

std::string filled(const std::string& text, const PromptValues& values) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const auto& [name, value] : values) store.push_back(fmt::arg(name.c_str(), value));
  return fmt::vformat(text, store);
}

std::string_view built_in_text(const std::string& file) {
  for (const auto& prompt : builtin_prompts()) {
    if (prompt.path == file) return prompt.text;
  }
  throw Error(ErrorCode::not_found, fmt::format("{}: no such prompt", file));
}

/// A misspelt file would never be read, and nobody would notice.
void refuse_unknown_files(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder))
    throw Error(ErrorCode::not_found, fmt::format("{}: no such folder of prompts", folder.string()));
  std::vector<std::string> known;
  for (const auto& prompt : builtin_prompts()) known.emplace_back(prompt.path);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto file = entry.path().filename().string();
    if (entry.path().extension() != ".txt" || std::ranges::find(known, file) != known.end()) continue;
    throw Error(ErrorCode::invalid_data,
                fmt::format("{}: no prompt has that name{}", entry.path().string(), name_hint(file, known)));
  }
}

}  // namespace

PromptTemplate::PromptTemplate(std::string place, std::string_view text,
                               const std::vector<std::string>& names)
    : place_(std::move(place)), sections_(sections_of(place_, text)) {
  check_names(names);
  PromptValues any;
  for (const auto& name : names) any.emplace_back(name, name);
  try {
    for (const auto& section : sections_) filled(section.text, any);
  } catch (const fmt::format_error& error) {
    throw Error(
        ErrorCode::invalid_data,
        fmt::format("{}: {}: a brace that is text is written twice, as in {{{{", place_, error.what()));
  }
}

void PromptTemplate::check_names(const std::vector<std::string>& names) const {
  std::vector<std::string> used;
  for (const auto& section : sections_) {
    for (auto& name : names_in(section.text)) used.push_back(std::move(name));
  }
  for (const auto& name : used) {
    if (std::ranges::find(names, name) != names.end()) continue;
    throw Error(ErrorCode::invalid_data, fmt::format("{}: {{{}}}: this prompt has no such value{}", place_,
                                                     name, name_hint(name, names)));
  }
  for (const auto& name : names) {
    if (std::ranges::find(used, name) != used.end()) continue;
    throw Error(ErrorCode::invalid_data, fmt::format("{}: must hold {{{}}}", place_, name));
  }
}

std::vector<ChatMessage> PromptTemplate::fill(const PromptValues& values) const {
  check(!sections_.empty(), "a prompt is loaded before it is filled");
  auto messages = sections_;
  for (auto& message : messages) message.text = filled(message.text, values);
  return messages;
}

PromptTemplate load_prompt(const std::string& folder, const std::string& name,
                           const std::vector<std::string>& names) {
  const auto file = name + ".txt";
  if (!folder.empty()) {
    refuse_unknown_files(folder);
    const auto path = std::filesystem::path(folder) / file;
    if (std::filesystem::exists(path)) return {path.string(), read_text_file(path), names};
  }
  return {"prompts/" + file, built_in_text(file), names};
}

}  // namespace perennial
