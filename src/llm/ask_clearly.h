#pragma once

#include <functional>
#include <string>
#include <vector>

#include "llm/asking.h"
#include "llm/prompt_template.h"

namespace perennial {

/// Takes what the answer to question `index` means, or says what is wrong with it: an empty sentence where it is clear.
using TakeMeaning = std::function<std::string(std::size_t index, const std::string& answer)>;

/// Asks all questions in one batch, and those whose answers are unclear once more in another, with what was answered and what
/// was wrong with it: a new question, so that a run repeated from a cache goes the same way. Returns those that were unclear
/// twice, ascending: decisions to be left to a rule. Counts all of it; `take` is called in the order of the questions.
///
/// `again`: what is said below an unclear answer, with the value `problem`. Throws what Chat::ask does; nothing is counted then.
std::vector<std::size_t> ask_clearly(Asking& asking, std::vector<ChatQuestion> questions,
                                     const TakeMeaning& take, const PromptTemplate& again);

/// The prompt for `again`; for `folder` see load_prompt.
PromptTemplate load_ask_again(const std::string& folder);

}  // namespace perennial
