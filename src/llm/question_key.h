#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "llm/chat.h"

namespace perennial {

/// What a question's answer is found by.
struct QuestionKey {
  std::string text;  ///< all of the question in one text; two questions differ exactly where their texts do
  std::array<std::byte, 16> hash;  ///< of the text

  bool operator==(const QuestionKey& other) const { return text == other.text; }
};

QuestionKey key_of(const ChatQuestion& question);

}  // namespace perennial
