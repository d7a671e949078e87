#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "llm/chat.h"

namespace perennial {

/// Named values that a prompt is filled with: {"interests", "Comedy, Music"}.
using PromptValues = std::vector<std::pair<std::string, std::string>>;

/// The wording of a question, as a text that people can read and change:
///
///     # lines before the first section are for the reader
///     [system]
///     You play a user.
///     [user]
///     Your interests: {interests}. Answer {{"answer": ".."}}
///
/// A section per message, in the order of the conversation; `{name}` stands for a value, `{{` and `}}` for a brace.
class PromptTemplate {
 public:
  PromptTemplate() = default;
  /// `place` is where the text is from. Throws Error(invalid_data) for a text without section, a brace that nothing closes,
  /// a name that is none of `names`, or one of them that the text never uses.
  PromptTemplate(std::string place, std::string_view text, const std::vector<std::string>& names);

  /// The messages, with `values` in place of their names; all names must be given.
  std::vector<ChatMessage> fill(const PromptValues& values) const;

 private:
  void check_names(const std::vector<std::string>& names) const;

  std::string place_;
  std::vector<ChatMessage> sections_;  // as written
};

/// The prompt of that name ("user_slate"): `folder`/user_slate.txt if there is one, else the built-in. Empty folder = the
/// built-in. Throws what PromptTemplate does, Error(not_found) for a folder that is not there, and Error(invalid_data) for one
/// in which a .txt file has the name of no prompt.
PromptTemplate load_prompt(const std::string& folder, const std::string& name,
                           const std::vector<std::string>& names);

}  // namespace perennial
