#pragma once

#include "base/parallel.h"
#include "llm/chat.h"

namespace perennial {

/// What a run uses of its surroundings. Results do not depend on it: not on the number of threads, and on who answers only
/// where people are language models. All must outlive the run.
struct Resources {
  /// On purpose from workers alone, which is all that most runs need.
  // NOLINTNEXTLINE(google-explicit-constructor)
  Resources(Workers& threads, Chat* answers = nullptr) : workers(&threads), chat(answers) {}

  Workers* workers;
  Chat* chat;  ///< null: no language model is at hand
};

}  // namespace perennial
