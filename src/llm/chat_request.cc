#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "llm/chat_wire.h"

namespace perennial {
namespace {

using Json =
    nlohmann::ordered_json;  // a schema's order of keys is the order in which some servers let a model answer

const char* role_name(ChatRole role) {
  switch (role) {
    case ChatRole::system:
      return "system";
    case ChatRole::user:
      return "user";
    case ChatRole::assistant:
      return "assistant";
  }
  return "user";
}

Json messages_of(const ChatQuestion& question) {
  Json messages = Json::array();
  for (const auto& message : question.messages)
    messages.push_back({{"role", role_name(message.role)}, {"content", message.text}});
  return messages;
}

Json parsed_schema(const ChatQuestion& question) {
  auto schema = Json::parse(question.schema, nullptr, false);
  if (schema.is_discarded())
    throw Error(ErrorCode::invalid_argument,
                fmt::format("question: its schema is no JSON: {}", question.schema));
  return schema;
}

}  // namespace

std::string_view schema_mode_name(SchemaMode mode) {
  switch (mode) {
    case SchemaMode::json_schema:
      return "json_schema";
    case SchemaMode::json_object:
      return "json_object";
    case SchemaMode::none:
      return "none";
  }
  return "";
}

std::string chat_request(const ChatQuestion& question, SchemaMode mode) {
  Json request = {{"model", question.model}, {"messages", messages_of(question)}};
  request["temperature"] = 0;
  request["max_tokens"] = question.answer_tokens_most;
  request["stream"] = false;
  if (!question.schema.empty()) {
    auto schema = parsed_schema(question);
    if (mode == SchemaMode::json_schema) {
      request["response_format"] = {
          {"type", "json_schema"},
          {"json_schema", {{"name", "answer"}, {"strict", true}, {"schema", std::move(schema)}}}};
    } else if (!request["messages"].empty()) {
      auto& last = request["messages"].back()["content"].get_ref<std::string&>();
      last += "\n\nAnswer with one JSON object that follows this JSON schema: " + question.schema;
    }
    if (mode == SchemaMode::json_object) request["response_format"] = {{"type", "json_object"}};
  }
  return request.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace perennial
