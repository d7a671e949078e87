#include "llm_server/endpoint.h"

#include <fmt/format.h>

#include <algorithm>

#include "llm_server/stated_answer.h"
#include "llm_server/text_hash.h"

namespace perennial::llm_server {
namespace {

constexpr std::size_t token_bytes = 4;

std::string error_body(const std::string& type, const std::string& sentence) {
  return Json{{"error", {{"message", sentence}, {"type", type}, {"param", nullptr}, {"code", type}}}}.dump(
      -1, ' ', true, Json::error_handler_t::replace);
}

std::string bearer(const std::string& authorization) {
  return authorization.starts_with("Bearer ") ? authorization.substr(7) : "";
}

/// Cuts the text where its tokens are spent, between two characters.
bool cut_off(std::string& text, std::int64_t tokens_most) {
  auto most = static_cast<std::size_t>(tokens_most) * token_bytes;
  if (text.size() <= most) return false;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  text.resize(most);
  return true;
}

std::size_t tokens(const std::string& text) {
  return (text.size() + token_bytes - 1) / token_bytes;
}

std::string completion(const ChatRequest& chat, std::uint64_t question, Fault fault) {
  auto text = stated_answer(chat, fault);
  const bool is_cut = cut_off(text, chat.answer_tokens_most);
  const auto asked = tokens(chat.prompt);
  return Json{{"id", fmt::format("chatcmpl-{:016x}", question)},
              {"object", "chat.completion"},
              {"created", 0},
              {"model", chat.model},
              {"choices", Json::array({{{"index", 0},
                                        {"message", {{"role", "assistant"}, {"content", text}}},
                                        {"finish_reason", is_cut ? "length" : "stop"}}})},
              {"usage",
               {{"prompt_tokens", asked},
                {"completion_tokens", tokens(text)},
                {"total_tokens", asked + tokens(text)}}}}
      .dump(-1, ' ', fault == Fault::unicode);  // \u escapes are one more thing to read rightly
}

}  // namespace

HttpReply Endpoint::reply(const HttpRequest& request) {
  if (request.target == "/v1/stats" && request.method == "GET")
    return {.body = tally_.counts().dump(2) + "\n"};
  if (!options_.key.empty() && bearer(request.authorization) != options_.key)
    return refuse(401, "invalid_api_key", "Incorrect API key provided: " + bearer(request.authorization));
  if (request.target == "/v1/models" && request.method == "GET") return models();
  if (request.target == "/v1/chat/completions" && request.method == "POST") return chat(request);
  return refuse(404, "not_found", fmt::format("no such path: {} {}", request.method, request.target));
}

HttpReply Endpoint::chat(const HttpRequest& request) {
  ChatRequest chat;
  try {
    chat = read_chat_request(request.body);
  } catch (const std::exception& error) {
    return refuse(400, "invalid_request_error", error.what());
  }
  if (!serves(chat.model))
    return refuse(404, "model_not_found", fmt::format("The model '{}' does not exist", chat.model));
  if (chat.model == "test-needs-key" && bearer(request.authorization).empty())
    return refuse(401, "invalid_api_key", "You didn't provide an API key");
  if (chat.model == "test-no-schema" && chat.needs_schema)
    return refuse(400, "invalid_request_error", "'response_format' of type 'json_schema' is not supported");
  const auto question = text_hash(request.body);
  const auto fault = fault_of(chat.model, question, tally_.asked(question), options_.faults);
  if (fault != Fault::none) tally_.failed(fault_name(fault));
  return chat_with_fault(chat, question, fault);
}

HttpReply Endpoint::chat_with_fault(const ChatRequest& chat, std::uint64_t question, Fault fault) const {
  const std::string told =
      options_.retry_after_s < 0 ? "" : fmt::format("Retry-After: {}\r\n", options_.retry_after_s);
  switch (fault) {
    case Fault::too_many_requests:
      return {.status = 429, .body = error_body("rate_limit_exceeded", "Rate limit reached"), .header = told};
    case Fault::server_error:
      return {.status = 500, .body = error_body("server_error", "Something went wrong")};
    case Fault::bad_gateway:
      return {.status = 502, .body = "<html><body>502 Bad Gateway</body></html>"};
    case Fault::unavailable:
      return {.status = 503, .body = error_body("overloaded", "The model is overloaded"), .header = told};
    case Fault::error_body:
      return {.body = error_body("server_error", "Something went wrong, but not the status"),
              .takes_service = true};
    default:
      break;
  }
  HttpReply reply{.body = completion(chat, question, fault), .fault = fault, .takes_service = true};
  if (is_answered(fault)) reply.question = question;
  if (fault == Fault::broken_body) reply.body.resize(reply.body.size() / 2);
  if (fault == Fault::invalid_utf8) {
    const std::string key = "\"content\":\"";
    reply.body.insert(reply.body.find(key) + key.size(), "\xC3\x28\xFF");
  }
  return reply;
}

HttpReply Endpoint::models() const {
  Json list = Json::array();
  const auto add = [&](const std::string& name) {
    list.push_back({{"id", name}, {"object", "model"}, {"created", 0}, {"owned_by", "tests"}});
  };
  for (const char* name : {"test", "test-no-schema", "test-needs-key"}) add(name);
  for (const auto& named : named_faults()) add("test-" + std::string(named.name));
  for (const auto& name : options_.models) add(name);
  return {.body = Json{{"object", "list"}, {"data", list}}.dump()};
}

HttpReply Endpoint::refuse(unsigned status, const std::string& type, const std::string& sentence) {
  tally_.refused(status);
  return {.status = status, .body = error_body(type, sentence)};
}

bool Endpoint::serves(const std::string& model) const {
  return model == "test" || model.starts_with("test-") ||
         std::find(options_.models.begin(), options_.models.end(), model) != options_.models.end();
}

}  // namespace perennial::llm_server
