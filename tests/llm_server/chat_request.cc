#include "llm_server/chat_request.h"

namespace perennial::llm_server {
namespace {

[[noreturn]] void refuse(const std::string& sentence) {
  throw std::invalid_argument(sentence);
}

std::string prompt_of(const Json& messages) {
  if (!messages.is_array() || messages.empty()) refuse("'messages' must be a list of at least one message");
  std::string prompt;
  for (const auto& message : messages) {
    if (!message.is_object() || !message.contains("role") || !message.contains("content") ||
        !message["content"].is_string())
      refuse("each message must have a 'role' and a 'content' that is a string");
    const auto role = message["role"];
    if (role != "system" && role != "user" && role != "assistant") refuse("unknown role " + role.dump());
    prompt += message["content"].get<std::string>() + "\n";
  }
  return prompt;
}

void read_format(const Json& format, ChatRequest& request) {
  const auto type = format.value("type", "");
  if (type == "text" || type == "json_object") return;
  if (type != "json_schema") refuse("'response_format.type' must be text, json_object or json_schema");
  if (!format.contains("json_schema") || !format["json_schema"].contains("schema") ||
      !format["json_schema"]["schema"].is_object())
    refuse("'response_format.json_schema.schema' must be a JSON schema");
  if (!format["json_schema"].contains("name")) refuse("'response_format.json_schema.name' is missing");
  request.schema = format["json_schema"]["schema"];
  request.needs_schema = true;
}

}  // namespace

ChatRequest read_chat_request(const std::string& body) {
  const auto json = Json::parse(body, nullptr, false);
  if (!json.is_object()) refuse("the body must be a JSON object");
  ChatRequest request;
  if (!json.contains("model") || !json["model"].is_string()) refuse("'model' must be a string");
  request.model = json["model"];
  request.prompt = prompt_of(json.contains("messages") ? json["messages"] : Json());
  if (json.value("stream", false)) refuse("'stream' is not supported");
  if (json.contains("temperature") && json["temperature"] != 0) refuse("'temperature' must be 0 here");
  for (const char* key : {"max_tokens", "max_completion_tokens"}) {
    if (!json.contains(key)) continue;
    if (!json[key].is_number_integer() || json[key] < 1)
      refuse("'" + std::string(key) + "' must be at least 1");
    request.answer_tokens_most = json[key];
  }
  if (json.contains("response_format")) read_format(json["response_format"], request);
  return request;
}

}  // namespace perennial::llm_server
