#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "llm/chat.h"

namespace perennial {

/// How an endpoint is told the form of an answer, strictest first.
enum class SchemaMode : std::uint8_t {
  json_schema,  ///< response_format of this type: the endpoint holds answers to the schema
  json_object,  ///< any JSON object, the schema told in words
  none,         ///< in words only
};

/// "json_schema", ..
std::string_view schema_mode_name(SchemaMode mode);

/// The body of POST /chat/completions: the question at temperature 0, one answer, not streamed. Bytes that are no UTF-8 are
/// sent as U+FFFD. Throws Error(invalid_argument) for a schema that is no JSON.
std::string chat_request(const ChatQuestion& question, SchemaMode mode);

/// An answer, and whether the endpoint counted its tokens.
struct CountedAnswer {
  ChatAnswer answer;
  bool tokens_counted = false;
};

/// A body that holds no answer.
struct AnswerDefect {
  /// What kind.
  enum class Kind : std::uint8_t {
    broken,        ///< no JSON, or no JSON of ours: worth another try
    rate_limited,  ///< an error that speaks of too many requests
    overloaded,    ///< an error that speaks of now, not of the question
    refused,       ///< any other error
  };
  Kind kind = Kind::broken;
  std::string says;  ///< the server's words on one line, or what is wrong; for showing, once redacted
};

/// The answer in a body of status 200, or what it is instead. Takes the shapes of OpenAI, vLLM, llama.cpp and Ollama; content that
/// is null is an empty answer, counts that are missing or absurd are 0. Throws nothing.
std::variant<CountedAnswer, AnswerDefect> read_chat_response(std::string_view body);

/// What a body of another status says, on one line; empty for an empty body.
std::string read_error_words(std::string_view body);

/// The names in a body of GET /models; empty for a body of any other shape.
std::vector<std::string> read_model_names(std::string_view body);

}  // namespace perennial
