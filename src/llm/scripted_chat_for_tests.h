#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "llm/chat.h"

namespace perennial {

/// A language model that answers as a test says, the last question first; keeps what it was asked.
class ScriptedChat final : public Chat {
 public:
  using Script = std::function<std::string(const ChatQuestion&)>;

  explicit ScriptedChat(Script script) : script_(std::move(script)) {}

  void ask(std::span<const ChatQuestion> questions, const TakeAnswer& take) override {
    batches.push_back(questions.size());
    asked.insert(asked.end(), questions.begin(), questions.end());
    for (std::size_t i = questions.size(); i-- > 0;) {
      const auto text = script_(questions[i]);
      take(
          i,
          {.text = text, .prompt_tokens = 100, .completion_tokens = static_cast<std::uint32_t>(text.size())});
    }
  }

  std::vector<std::size_t> batches;  ///< how many questions came together
  std::vector<ChatQuestion> asked;   ///< all of them

 private:
  Script script_;
};

/// What stands after `label` in a question, up to the end of the line; empty where it does not stand there.
inline std::string line_after(const ChatQuestion& question, const std::string& label) {
  for (const auto& message : question.messages) {
    const auto at = message.role == ChatRole::user ? message.text.find(label) : std::string::npos;
    if (at == std::string::npos) continue;
    const auto begin = at + label.size();
    return message.text.substr(begin, message.text.find('\n', begin) - begin);
  }
  return {};
}

/// Was it asked before, and the answer not understood?
inline bool is_asked_again(const ChatQuestion& question) {
  for (const auto& message : question.messages) {
    if (message.role == ChatRole::assistant) return true;
  }
  return false;
}

}  // namespace perennial
