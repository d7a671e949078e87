#include "llm/chat.h"

namespace perennial {

std::vector<ChatAnswer> ask_all(Chat& chat, std::span<const ChatQuestion> questions) {
  std::vector<ChatAnswer> answers(questions.size());
  chat.ask(questions, [&](std::size_t index, const ChatAnswer& answer) { answers[index] = answer; });
  return answers;
}

}  // namespace perennial
