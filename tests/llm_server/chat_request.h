#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace perennial::llm_server {

/// Keeps properties in the order in which they were written: a schema's order is the answer's.
using Json = nlohmann::ordered_json;

/// What is asked of the server by POST /v1/chat/completions.
struct ChatRequest {
  std::string model;
  std::string prompt = {};    ///< the texts of all messages, one after the other, each ended by a line break
  Json schema = {};           ///< the answer follows it; null when none was sent
  bool needs_schema = false;  ///< a response_format of type json_schema was sent
  std::int64_t answer_tokens_most = 1 << 20;
};

/// The request in a body. Throws std::invalid_argument with a sentence for what is no such request.
ChatRequest read_chat_request(const std::string& body);

}  // namespace perennial::llm_server
