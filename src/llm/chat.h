#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace perennial {

/// Who says something in a conversation.
enum class ChatRole : std::uint8_t { system, user, assistant };

/// One thing said.
struct ChatMessage {
  ChatRole role = ChatRole::user;
  std::string text;  ///< UTF-8

  bool operator==(const ChatMessage&) const = default;
};

/// A question to a language model: all that its answer may depend on, and nothing else, so that it is its own key in a
/// cache. Always asked at temperature 0.
struct ChatQuestion {
  std::string model;                      ///< as the endpoint names it
  std::vector<ChatMessage> messages;      ///< at least one
  std::string schema = {};                ///< JSON schema that the answer follows, as text; empty = free text
  std::int64_t answer_tokens_most = 256;  ///< where the answer is cut off

  bool operator==(const ChatQuestion&) const = default;
};

/// What a language model said. `text` is as it came: not parsed, perhaps cut off, perhaps empty.
struct ChatAnswer {
  std::string text;
  std::uint32_t prompt_tokens = 0;      ///< as the endpoint counted them; 0 where it does not
  std::uint32_t completion_tokens = 0;  ///< of the answer

  bool operator==(const ChatAnswer&) const = default;
};

/// Takes the answer to question `index` as soon as it is there: in any order, from any thread, one call at a time.
using TakeAnswer = std::function<void(std::size_t index, const ChatAnswer& answer)>;

/// Somebody who answers questions: an endpoint, a cache in front of one, a script in a test.
class Chat {
 public:
  virtual ~Chat() = default;

  /// Asks all questions, as many side by side as it is allowed, and returns when every answer has been taken. May be called
  /// from several threads at once; must not be called from within `take`.
  ///
  /// Throws Error(io) for an endpoint that cannot be reached, refuses or answers what is no answer, Error(invalid_argument)
  /// for one that was asked wrongly (no such model, no key), Error(interrupted) when a stop was asked for or a bound on cost
  /// is reached. Answers that arrived until then have been taken. What `take` throws ends the asking too: nothing more is sent,
  /// but answers to what is under way have been paid for and are taken before the exception goes on.
  virtual void ask(std::span<const ChatQuestion> questions, const TakeAnswer& take) = 0;
};

/// The answers in the order of the questions. Throws what Chat::ask does.
std::vector<ChatAnswer> ask_all(Chat& chat, std::span<const ChatQuestion> questions);

}  // namespace perennial
