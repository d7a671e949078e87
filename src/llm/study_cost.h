#pragma once

#include <array>
#include <cstdint>

#include "llm/endpoint.h"
#include "llm/sample_questions.h"

namespace perennial {

/// How large a study is whose users and creators are language models.
struct StudyShape {
  std::int64_t users = 100;
  std::int64_t creators = 50;
  std::int64_t rounds = 150;
  std::int64_t slate = 5;
  double active = 0.5;  ///< share of users and of creators that come in a round
  std::int64_t arms = 1;
  std::int64_t seeds = 1;

  /// With ranges and help.
  Fields fields();
};

/// What one kind of question takes at an endpoint, at the concurrency it was measured with.
struct QuestionCost {
  double per_s = 0;  ///< answers
  double prompt_tokens = 0;
  double completion_tokens = 0;
  double unclear = 0;  ///< share of answers that would be asked for again, once
};

using QuestionCosts = std::array<QuestionCost, all_question_kinds.size()>;

/// What a study takes.
struct StudyCost {
  double requests = 0;
  double prompt_tokens = 0;
  double completion_tokens = 0;
  double hours = 0;
  double money = 0;  ///< in the currency of the endpoint's prices
};

/// How often each kind is asked: by slate one question per user, round and slate; item by item two per item. An upper bound where
/// users leave before a slate's end, and where a cache knows answers already.
std::array<double, all_question_kinds.size()> questions_of(const StudyShape& shape, bool item_by_item);

StudyCost study_cost(const StudyShape& shape, bool item_by_item, const QuestionCosts& costs,
                     const Endpoint& endpoint);

}  // namespace perennial
