#include <nlohmann/json.hpp>
#include <string_view>

#include "base/check.h"
#include "llm/chat_wire.h"

/// Whatever a server sends is an answer or a defect with words that can be shown, and never an exception; what is read can be
/// asked again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perennial;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto read = read_chat_response(body);
  std::string text;
  if (const auto* defect = std::get_if<AnswerDefect>(&read)) {
    check(!defect->says.empty(), "a defect says what it is");
    check(defect->says.find('\n') == std::string::npos, "on one line");
    text = defect->says;
  } else {
    text = std::get<CountedAnswer>(read).answer.text;
  }
  nlohmann::json(text).dump();  // throws for what is not UTF-8
  nlohmann::json(read_error_words(body)).dump();
  for (const auto& name : read_model_names(body)) check(!name.empty(), "a model has a name");
  chat_request({.model = "m", .messages = {{ChatRole::user, std::string(body)}}}, SchemaMode::none);
  return 0;
}
