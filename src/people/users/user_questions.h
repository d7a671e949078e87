#pragma once

#include <string>
#include <vector>

#include "llm/answer_form.h"
#include "llm/chat.h"
#include "llm/prompt_template.h"
#include "people/users/user_model.h"

namespace perennial {

/// What a user does with an item.
enum class UserAnswer : std::uint8_t { watch, skip, leave };

/// What users who are language models are asked, and how their answers are read. The wording is the templates'; what is an
/// answer is stated here.
class UserQuestions {
 public:
  /// `paper`: item by item, a thought first. For `folder` and errors see load_prompt.
  void load(const std::string& folder, bool paper);

  /// About the first items of the slate of row `row`, as many as there are (at least one).
  ChatQuestion slate(const ResponseRequest& request, std::size_t row) const;
  /// Takes the answers of such a slate, which has `items` items, or says what is wrong with it.
  static std::string read_slate(const std::string& text, std::size_t items, std::vector<UserAnswer>& answers);

  /// What the user of `row` thinks of the item at `place`, and then what it does with it.
  ChatQuestion thought(const ResponseRequest& request, std::size_t row, std::size_t place) const;
  static std::string read_thought(const std::string& text, std::string& thought);
  ChatQuestion item(const ResponseRequest& request, std::size_t row, std::size_t place,
                    const std::string& thought) const;
  static std::string read_item(const std::string& text, UserAnswer& answer);

  /// For ask_clearly.
  const PromptTemplate& again() const { return again_; }

 private:
  PromptTemplate slate_, thought_, item_, again_;
};

/// Items in the slate of row `row`: those before the first empty place.
std::size_t items_of(const Slates& slates, std::size_t row);

}  // namespace perennial
