#include "llm/question_key.h"

#include <fmt/format.h>

#include <iterator>

#include "io/hash.h"

namespace perennial {
namespace {

std::string_view name_of(ChatRole role) {
  switch (role) {
    case ChatRole::system:
      return "system";
    case ChatRole::user:
      return "user";
    case ChatRole::assistant:
      break;
  }
  return "assistant";
}

/// A name, a text's length, the text: with its length in front no text can pass for the next part.
void add(std::string& key, std::string_view name, std::string_view text) {
  fmt::format_to(std::back_inserter(key), "{} {}\n{}\n", name, text.size(), text);
}

}  // namespace

QuestionKey key_of(const ChatQuestion& question) {
  QuestionKey key;
  add(key.text, "model", question.model);
  for (const auto& message : question.messages) add(key.text, name_of(message.role), message.text);
  add(key.text, "schema", question.schema);
  fmt::format_to(std::back_inserter(key.text), "tokens {}\n", question.answer_tokens_most);
  key.hash = hash_bytes_128(std::as_bytes(std::span(key.text)));
  return key;
}

}  // namespace perennial
