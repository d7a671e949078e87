#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "llm/chat_wire.h"
#include "llm/server_json.h"

namespace perennial {
namespace {

using nlohmann::json;

const json* find(const json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

const json* first_of(const json* list) {
  return list && list->is_array() && !list->empty() ? &list->front() : nullptr;
}

std::string text_or_empty(const json* value) {
  return value && value->is_string() ? value->get<std::string>() : std::string();
}

/// The content of a message: text, parts of text, or null.
std::string content_text(const json* content) {
  if (!content || !content->is_array()) return text_or_empty(content);
  std::string text;
  for (const auto& part : *content) text += text_or_empty(find(part, "text"));
  return text;
}

struct TokenCount {
  std::uint32_t tokens = 0;
  bool counted = false;
};

TokenCount token_count(const json* usage, const char* key) {
  const auto* value = usage ? find(*usage, key) : nullptr;
  if (!value || !value->is_number()) return {};
  const auto number = value->get<double>();
  if (!(number >= 0 && number <= std::numeric_limits<std::uint32_t>::max())) return {};
  return {static_cast<std::uint32_t>(number), true};
}

/// Words for an error in any of the shapes servers give it: {"error": {"message": ..}}, {"error": ".."}, {"object": "error",
/// "message": ..}, {"detail": ..}.
std::string error_words(const json& body) {
  const auto* error = find(body, "error");
  if (!error) error = find(body, "detail");
  const json& told = error ? *error : body;
  if (told.is_string()) return told.get<std::string>();
  if (const auto* message = find(told, "message"); message && message->is_string())
    return message->get<std::string>();
  if (const auto* first = first_of(&told)) {
    if (const auto message = text_or_empty(find(*first, "msg")); !message.empty()) return message;
  }
  return told.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool is_error(const json& body) {
  if (find(body, "error") || find(body, "detail")) return true;
  return text_or_empty(find(body, "object")) == "error";
}

/// The status an error body names beside its words, or 0.
int error_status(const json& body) {
  const auto* error = find(body, "error");
  const auto* code = find(error && error->is_object() ? *error : body, "code");
  if (!code || !code->is_number_integer()) return 0;
  const auto status = code->get<std::int64_t>();
  return status >= 100 && status < 600 ? static_cast<int>(status) : 0;
}

bool speaks_of(const std::string& words, std::initializer_list<const char*> signs) {
  return std::any_of(signs.begin(), signs.end(),
                     [&](const char* sign) { return words.find(sign) != std::string::npos; });
}

AnswerDefect::Kind error_kind(const json& body) {
  auto words = body.dump(-1, ' ', false, json::error_handler_t::replace);
  std::transform(words.begin(), words.end(), words.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const int status = error_status(body);
  if (status == 429 || speaks_of(words, {"rate limit", "rate_limit", "ratelimit", "too many requests"}))
    return AnswerDefect::Kind::rate_limited;
  if (status >= 500 ||
      speaks_of(words, {"overload", "unavailable", "try again", "busy", "server_error", "internal error",
                        "timed out", "timeout", "loading model", "capacity"}))
    return AnswerDefect::Kind::overloaded;
  return AnswerDefect::Kind::refused;
}

}  // namespace

std::variant<CountedAnswer, AnswerDefect> read_chat_response(std::string_view body) {
  using Kind = AnswerDefect::Kind;
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return AnswerDefect{Kind::broken, "an empty body"};
  const auto parsed = parse_server_json(body);
  if (!parsed) return AnswerDefect{Kind::broken, "a body that is no JSON: " + one_line(body, 80)};
  const auto* choice = first_of(find(*parsed, "choices"));
  if (!choice && is_error(*parsed)) return AnswerDefect{error_kind(*parsed), one_line(error_words(*parsed))};
  const auto* message = choice ? find(*choice, "message") : nullptr;
  if (!message || !message->is_object())
    return AnswerDefect{Kind::broken, "JSON without an answer: " + one_line(body, 80)};
  const auto* usage = find(*parsed, "usage");
  const auto prompt = token_count(usage, "prompt_tokens");
  const auto completion = token_count(usage, "completion_tokens");
  return CountedAnswer{{content_text(find(*message, "content")), prompt.tokens, completion.tokens},
                       prompt.counted && completion.counted};
}

std::string read_error_words(std::string_view body) {
  const auto parsed = parse_server_json(body);
  if (!parsed) return one_line(body);
  return one_line(error_words(*parsed));
}

std::vector<std::string> read_model_names(std::string_view body) {
  const auto parsed = parse_server_json(body);
  if (!parsed) return {};
  std::vector<std::string> names;
  for (const char* list : {"data", "models"}) {
    const auto* models = find(*parsed, list);
    if (!models || !models->is_array() || !names.empty()) continue;
    for (const auto& model : *models) {
      auto name = text_or_empty(find(model, "id"));
      if (name.empty()) name = text_or_empty(find(model, "name"));
      if (!name.empty()) names.push_back(std::move(name));
    }
  }
  return names;
}

}  // namespace perennial
