#include "llm/answer_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <optional>

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json schema_of(const AnswerField& field) {
  Json text = {{"type", "string"}};
  if (!field.choices.empty()) text["enum"] = field.choices;
  if (field.choices.empty()) text["minLength"] = 1, text["maxLength"] = field.characters_most;
  if (field.list_of == 0) return text;
  return {{"type", "array"}, {"items", text}, {"minItems", field.list_of}, {"maxItems", field.list_of}};
}

bool is_blank(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (!is_blank(c)) {
      line.push_back(c);
    } else if (!line.empty() && line.back() != ' ') {
      line.push_back(' ');
    }
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

/// Of UTF-8.
std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool same_but_for_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

/// The choice that `word` is; the one spelt exactly so before one in other case.
std::optional<std::string> choice_of(const AnswerField& field, std::string_view word) {
  if (std::ranges::find(field.choices, word) != field.choices.end()) return std::string(word);
  for (const auto& choice : field.choices) {
    if (same_but_for_case(choice, word)) return choice;
  }
  return std::nullopt;
}

/// What an answer quotes may be long.
std::string in_quotes(const std::string& text) {
  constexpr std::size_t most = 60;
  if (text.size() <= most) return "'" + text + "'";
  auto end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return "'" + text.substr(0, end) + "..'";
}

std::string read_text(const AnswerField& field, const Json& json, std::vector<std::string>& values) {
  if (!json.is_string()) return fmt::format("\"{}\" holds something that is no text", field.name);
  auto text = one_line(json.get_ref<const std::string&>());
  if (field.choices.empty()) {
    if (text.empty()) return fmt::format("\"{}\" is empty", field.name);
    if (characters_of(text) > field.characters_most)
      return fmt::format("\"{}\" is longer than {} characters", field.name, field.characters_most);
    values.push_back(std::move(text));
    return {};
  }
  const auto choice = choice_of(field, text);
  if (!choice)
    return fmt::format("\"{}\" holds {}, which is none of: {}", field.name, in_quotes(text),
                       fmt::join(field.choices, ", "));
  values.push_back(*choice);
  return {};
}

std::string read_field(const AnswerField& field, const Json& json, std::vector<std::string>& values) {
  if (field.list_of == 0) return read_text(field, json, values);
  if (!json.is_array()) return fmt::format("\"{}\" is no list", field.name);
  if (json.size() != field.list_of)
    return fmt::format("\"{}\" holds {} answers instead of {}", field.name, json.size(), field.list_of);
  for (const auto& element : json) {
    if (auto problem = read_text(field, element, values); !problem.empty()) return problem;
  }
  return {};
}

}  // namespace

std::string AnswerForm::schema() const {
  Json properties = Json::object(), required = Json::array();
  for (const auto& field : fields_) {
    properties[field.name] = schema_of(field);
    required.push_back(field.name);
  }
  const Json schema = {{"type", "object"},
                       {"properties", std::move(properties)},
                       {"required", std::move(required)},
                       {"additionalProperties", false}};
  return schema.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ReadAnswer AnswerForm::read(std::string_view text) const {
  const auto json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return {{}, "it is not JSON"};
  if (!json.is_object()) return {{}, "it is no JSON object"};
  ReadAnswer answer{std::vector<std::vector<std::string>>(fields_.size()), ""};
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const auto found = json.find(fields_[i].name);
    answer.problem = found == json.end() ? fmt::format("\"{}\" is missing", fields_[i].name)
                                         : read_field(fields_[i], *found, answer.values[i]);
    if (!answer.problem.empty()) return answer;
  }
  if (json.size() != fields_.size()) answer.problem = "it holds more than was asked for";
  return answer;
}

}  // namespace perennial
