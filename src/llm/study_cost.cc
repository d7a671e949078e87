#include "llm/study_cost.h"

namespace perennial {

Fields StudyShape::fields() {
  Fields fields;
  fields.integer("users", users, {0, 1e9}, "users of the study")
      .integer("creators", creators, {0, 1e9}, "creators of the study")
      .integer("rounds", rounds, {1, 1e9}, "rounds of the study")
      .integer("slate", slate, {1, 1000}, "items in a slate of the study")
      .real("active", active, {0, 1}, "share of the study's users and creators that come in a round")
      .integer("arms", arms, {1, 1e6}, "arms of the study")
      .integer("seeds", seeds, {1, 1e6}, "seeds of the study");
  return fields;
}

std::array<double, all_question_kinds.size()> questions_of(const StudyShape& shape, bool item_by_item) {
  const auto runs = static_cast<double>(shape.arms * shape.seeds);
  const double visits = runs * static_cast<double>(shape.rounds * shape.users) * shape.active;
  const double creations = runs * static_cast<double>(shape.rounds * shape.creators) * shape.active;
  const double items = visits * static_cast<double>(shape.slate);
  std::array<double, all_question_kinds.size()> questions = {};
  const auto set = [&](QuestionKind kind, double count) {
    questions[static_cast<std::size_t>(kind)] = count;
  };
  set(QuestionKind::user_slate, item_by_item ? 0 : visits);
  set(QuestionKind::user_thought, item_by_item ? items : 0);
  set(QuestionKind::user_item, item_by_item ? items : 0);
  set(QuestionKind::creator_profile, runs * static_cast<double>(shape.creators));
  set(QuestionKind::creator_decide, creations);
  set(QuestionKind::creator_write, creations);
  return questions;
}

StudyCost study_cost(const StudyShape& shape, bool item_by_item, const QuestionCosts& costs,
                     const Endpoint& endpoint) {
  const auto questions = questions_of(shape, item_by_item);
  StudyCost total;
  for (std::size_t k = 0; k < costs.size(); ++k) {
    const double requests = questions[k] * (1 + costs[k].unclear);
    total.requests += requests;
    total.prompt_tokens += requests * costs[k].prompt_tokens;
    total.completion_tokens += requests * costs[k].completion_tokens;
    if (costs[k].per_s > 0) total.hours += requests / costs[k].per_s / 3600;
  }
  total.money = 1e-6 * (total.prompt_tokens * endpoint.price_per_million_prompt_tokens +
                        total.completion_tokens * endpoint.price_per_million_completion_tokens);
  return total;
}

}  // namespace perennial
