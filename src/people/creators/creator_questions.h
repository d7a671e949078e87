#pragma once

#include <string>

#include "llm/chat.h"
#include "llm/prompt_template.h"
#include "people/creators/creator_model.h"

namespace perennial {

/// What creators who are language models are asked, and how their answers are read. The wording is the templates'; what is an
/// answer is stated here.
class CreatorQuestions {
 public:
  /// For `folder` and errors see load_prompt.
  void load(const std::string& folder);

  /// Who the creator is, by what it made before round 1: the same question at any time.
  ChatQuestion profile(const CreatorRecords& records, std::span<const std::string> genre_names,
                       CreatorId creator) const;
  static std::string read_profile(const std::string& text, std::string& profile);

  /// Slow: what creator `i` of the request makes next. A suggestion is told where the request holds some.
  ChatQuestion decision(const CreationRequest& request, std::size_t i, const std::string& profile) const;
  /// EXPLORE is of a genre that the creator has never made, EXPLOIT of one that it has.
  static std::string read_decision(const CreationRequest& request, std::size_t i, const std::string& text,
                                   GenreId& made);

  /// Fast: the words of item `i` of the request.
  ChatQuestion words(const WritingRequest& request, const ItemTexts& texts, std::size_t i,
                     const std::string& profile) const;
  static std::string read_words(const std::string& text, ItemText& words);

  /// For ask_clearly.
  const PromptTemplate& again() const { return again_; }

 private:
  PromptTemplate profile_, decide_, write_, again_;
};

/// The profile of a creator whom the language model could not describe: the genre it made most.
std::string plain_profile(const CreatorRecords& records, std::span<const std::string> genre_names,
                          CreatorId creator);

}  // namespace perennial
