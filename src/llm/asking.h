#pragma once

#include <cstdint>
#include <string_view>

#include "llm/chat.h"

namespace perennial {

/// What came of the questions that a run's people were asked: the same when the run is repeated from a cache.
struct AnswerCounts {
  std::uint64_t questions = 0;  ///< asked, those asked again for a clearer answer included
  std::uint64_t unclear = 0;    ///< answers that could not be parsed
  std::uint64_t fallbacks = 0;  ///< decisions left to a rule after two unclear answers
  std::uint64_t prompt_tokens = 0;
  std::uint64_t completion_tokens = 0;

  bool operator==(const AnswerCounts&) const = default;

  /// Questions but those asked again: what was to be decided, thought or written.
  std::uint64_t decisions() const { return questions - (unclear - fallbacks); }

  AnswerCounts& operator+=(const AnswerCounts& more) {
    questions += more.questions;
    unclear += more.unclear;
    fallbacks += more.fallbacks;
    prompt_tokens += more.prompt_tokens;
    completion_tokens += more.completion_tokens;
    return *this;
  }
  /// What was counted since `before`.
  AnswerCounts& operator-=(const AnswerCounts& before) {
    questions -= before.questions;
    unclear -= before.unclear;
    fallbacks -= before.fallbacks;
    prompt_tokens -= before.prompt_tokens;
    completion_tokens -= before.completion_tokens;
    return *this;
  }
};

/// Whom a model's people ask, and where what came of it is counted. Belongs to the caller; null where no language model is
/// at hand.
struct Asking {
  Chat& chat;
  AnswerCounts& counts;
};

/// The asking itself. Throws Error(invalid_argument) where there is none: `who` ("user_model llm") starts the sentence.
Asking& require_asking(Asking* asking, std::string_view who);

}  // namespace perennial
