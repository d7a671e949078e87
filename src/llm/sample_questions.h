#pragma once

#include <array>
#include <string>
#include <string_view>

#include "llm/chat.h"

namespace perennial {

/// The kinds of questions that people of a simulated platform are asked.
enum class QuestionKind : std::uint8_t {
  user_slate,       ///< what a user does with each item of a slate
  user_thought,     ///< what a user thinks of one item
  user_item,        ///< and then does with it
  creator_profile,  ///< who a creator is, once
  creator_decide,   ///< what it makes next
  creator_write,    ///< and how it words it
};

/// All of them, in order.
inline constexpr std::array all_question_kinds = {QuestionKind::user_slate,     QuestionKind::user_thought,
                                                  QuestionKind::user_item,      QuestionKind::creator_profile,
                                                  QuestionKind::creator_decide, QuestionKind::creator_write};

/// "user_slate", ..: the name of its prompt.
std::string_view question_kind_name(QuestionKind kind);

/// Made-up questions of each kind, in the words of the built-in prompts and of the length they have in a run: for measuring an
/// endpoint. The same number is the same question; other numbers are other people, so that no server answers from memory.
class SampleQuestions {
 public:
  /// `model` is asked; slates have so many items.
  SampleQuestions(std::string model, std::size_t slate) : model_(std::move(model)), slate_(slate) {}

  /// `thought` is the answer to user_thought of the same number; for user_item only, whose item is the first of the slate.
  ChatQuestion question(QuestionKind kind, std::size_t number, const std::string& thought = "") const;

  /// What keeps an answer from being one of this kind; empty for a clear one.
  std::string problem(QuestionKind kind, const std::string& text) const;

  /// Does the user watch the first item, by a clear answer of kind user_slate or user_item?
  bool watches_first(QuestionKind kind, const std::string& text) const;

 private:
  std::string model_;
  std::size_t slate_;
};

}  // namespace perennial
